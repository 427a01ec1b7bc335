package io.eas.benchmarks.start;

import io.eas.client.EasClient;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * A small WebFlux application with the starter.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class StarterApplication {

	@RestController
	static class Controller implements EchoController {

		private final EasClient model;

		Controller(EasClient model) {
			this.model = model;
		}

		@Override
		@PostMapping("/echo")
		public Mono<byte[]> echo(@RequestBody byte[] body) {
			return this.model.predict(body, byte[].class);
		}

	}

}
