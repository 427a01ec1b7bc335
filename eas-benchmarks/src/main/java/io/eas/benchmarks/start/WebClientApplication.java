package io.eas.benchmarks.start;

import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The same application as {@link StarterApplication}, but without the starter. Refers to
 * no class of the starter, because its class path doesn't contain the starter.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class WebClientApplication {

	@RestController
	static class Controller implements EchoController {

		private final WebClient model;

		Controller(@Value("${model}") String url) {
			this.model = WebClient.create(url);
		}

		@Override
		@PostMapping("/echo")
		public Mono<byte[]> echo(@RequestBody byte[] body) {
			return this.model.post().bodyValue(body).retrieve().bodyToMono(byte[].class);
		}

	}

}
