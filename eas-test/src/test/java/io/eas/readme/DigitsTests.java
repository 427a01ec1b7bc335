package io.eas.readme;

import java.util.List;

import io.eas.client.EasTimeoutException;
import io.eas.readme.DigitController.Digit;
import io.eas.readme.DigitController.Image;
import io.eas.test.stub.EasClientStub;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DigitsTests {

	private final EasClientStub mnist = new EasClientStub("mnist");

	private final Digits digits = new Digits(this.mnist);

	private final Image image = new Image(List.of(0.5f));

	@Test
	void saysWhatTheModelSays() {
		this.mnist.when("").answer(new Digit(7, 0.9));
		assertThat(this.digits.classify(this.image).digit()).isEqualTo(7);
		assertThat(this.mnist.requests().get(0).text()).isEqualTo("{\"image\":[0.5]}");
	}

	@Test
	void failsWithTheModel() {
		this.mnist.when("").fail((attempt) -> new EasTimeoutException(attempt, "no answer within 5 s", null, false));
		assertThatExceptionOfType(EasTimeoutException.class).isThrownBy(() -> this.digits.classify(this.image));
	}

}
