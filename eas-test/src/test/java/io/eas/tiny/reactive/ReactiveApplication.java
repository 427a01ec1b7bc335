package io.eas.tiny.reactive;

import java.util.List;

import io.eas.client.EasClient;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A WebFlux application, whose controller returns what the client gives. */
@SpringBootApplication
public class ReactiveApplication {

	public static void main(String[] args) {
		SpringApplication.run(ReactiveApplication.class, args);
	}

	@RestController
	static class DigitController {

		private final EasClient mnist;

		DigitController(EasClient mnist) {
			this.mnist = mnist;
		}

		@PostMapping("/digits")
		Mono<Digit> classify(@RequestBody Image image) {
			return this.mnist.predict(image, Digit.class);
		}

	}

	record Image(List<Float> image) {
	}

	record Digit(int digit, double confidence) {
	}

}
