package io.eas.sample.model;

import io.eas.sample.model.network.Accuracy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AccuracyTests {

	@Test
	void classifiesTheTestImagesAsWellAsTheModelClaims() {
		Accuracy accuracy = TestDigits.ALL.accuracy(TestDigits.NETWORK);
		assertThat(accuracy).isEqualTo(TestDigits.NETWORK.accuracy());
		assertThat(accuracy.all()).isEqualTo(10_000);
		assertThat(accuracy.right()).isGreaterThanOrEqualTo(9_700);
	}

}
