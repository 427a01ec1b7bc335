package io.eas.sample.model.training;

import java.nio.file.Path;

import io.eas.sample.model.TestDigits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TrainingTests {

	@Test
	void unknownCommandNamesTheKnownOnes() {
		for (String[] args : new String[][] { {}, { "train" }, { "excerpt", "data", "200" }, { "fly", "a", "b" } }) {
			assertThatIllegalArgumentException().isThrownBy(() -> Training.main(args))
				.withMessageStartingWith("expected one of: train <data> <model file>");
		}
	}

	@Test
	void excerptOfTooManyImagesIsRefused(@TempDir Path directory) {
		assertThatIllegalArgumentException().isThrownBy(() -> Excerpt.write(TestDigits.ALL, 10_001, directory))
			.withMessage("count must be between 1 and 10000, was 10001");
	}

}
