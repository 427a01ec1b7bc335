package io.eas.sample.app;

import io.eas.client.EasClient;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Handles {@code POST /digits}: answers an image, sent as numbers or as a PNG, with the
 * digit that it shows.
 */
@RestController
class DigitController {

	private final EasClient mnist;

	DigitController(@Qualifier("mnist") EasClient mnist) {
		this.mnist = mnist;
	}

	@PostMapping(path = "/digits", consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<Digit>> numbers(@RequestBody Image image) {
		return classify(image);
	}

	@PostMapping(path = "/digits", consumes = MediaType.IMAGE_PNG_VALUE)
	Mono<ResponseEntity<Digit>> png(@RequestBody byte[] png) {
		return classify(PngImage.greys(png));
	}

	private Mono<ResponseEntity<Digit>> classify(Object image) {
		return this.mnist.post("")
			.body(image)
			.toEntity(Digit.class)
			.map((answer) -> ResponseEntity.ok().headers(AnswerHeaders.of(answer)).body(answer.body()));
	}

}
