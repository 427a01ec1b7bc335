package io.eas.readme;

import java.util.List;

import io.eas.client.EasClient;
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class DigitController {

	private final EasClient mnist;

	DigitController(EasClient mnist) {
		this.mnist = mnist;
	}

	@PostMapping("/digits")
	Mono<Digit> classify(@RequestBody Image image) {
		return this.mnist.predict(image, Digit.class);
	}

	record Image(List<Float> image) {
	}

	record Digit(int digit, double confidence) {
	}

}
