package io.eas.readme;

import java.util.List;

import io.eas.client.EasClient;
import io.eas.readme.DigitController.Digit;
import io.eas.readme.DigitController.Image;
import reactor.core.publisher.Flux;

import org.springframework.stereotype.Service;

@Service
class Digits {

	private final EasClient mnist;

	Digits(EasClient mnist) {
		this.mnist = mnist;
	}

	Digit classify(Image image) {
		return this.mnist.blocking().predict(image, Digit.class);
	}

	List<Digit> classifyAll(List<Image> images) {
		return Flux.fromIterable(images)
			.flatMapSequential((image) -> this.mnist.predict(image, Digit.class), 8)
			.collectList()
			.block();
	}

}
