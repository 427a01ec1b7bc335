package io.eas.readme;

import java.util.List;

import io.eas.client.EasClient;
import io.eas.readme.DigitController.Digit;
import io.eas.readme.DigitController.Image;

import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.stereotype.Component;

@Component
@RegisterReflectionForBinding({ Image.class, Digit.class })
class Classifier {

	private final EasClient mnist;

	Classifier(EasClient mnist) {
		this.mnist = mnist;
	}

	int digit(List<Float> pixels) {
		return this.mnist.blocking().predict(new Image(pixels), Digit.class).digit();
	}

}
