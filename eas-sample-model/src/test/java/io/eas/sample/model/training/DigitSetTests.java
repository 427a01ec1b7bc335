package io.eas.sample.model.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.eas.sample.model.TestDigits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class DigitSetTests {

	@Test
	void readsGzippedFiles() {
		assertThat(TestDigits.ALL.size()).isEqualTo(10_000);
		assertThat(TestDigits.ALL.label(0)).isEqualTo(7);
		assertThat(TestDigits.ALL.pixels(0)[7 * 28 + 7]).isEqualTo((TestDigits.ALL.image(0)[7 * 28 + 7] & 0xff) / 255f);
	}

	@Test
	void excerptCanBeReadBack(@TempDir Path directory) throws IOException {
		DigitSet excerpt = excerpt(directory);
		assertThat(excerpt.size()).isEqualTo(20);
		assertThat(excerpt.image(19)).isEqualTo(TestDigits.ALL.image(19));
		assertThat(excerpt.label(19)).isEqualTo(TestDigits.ALL.label(19));
	}

	@Test
	void invalidFilesAreRefusedWithTheReason() {
		byte[] zeros = new byte[16];
		assertThatIOException().isThrownBy(() -> DigitSet.read(zeros, zeros))
			.withMessage("not a pair of idx files: the magic of the images is 0, not 2051");
	}

	@Test
	void learnsTheSameFromTheSameSeed(@TempDir Path directory) throws IOException {
		DigitSet set = excerpt(directory);
		float[] pixels = set.pixels(0);
		assertThat(trained(set, 40).network(set).scores(pixels))
			.isEqualTo(trained(set, 40).network(set).scores(pixels));
	}

	@Test
	void learnsAFewImagesByHeart(@TempDir Path directory) throws IOException {
		DigitSet set = excerpt(directory);
		assertThat(trained(set, 150).network(set).accuracy().right()).isGreaterThanOrEqualTo(18);
	}

	private static Trainer trained(DigitSet set, int epochs) {
		Trainer trainer = new Trainer(set, 1);
		for (int i = 0; i < epochs; i++) {
			trainer.epoch(0.05f);
		}
		return trainer;
	}

	private static DigitSet excerpt(Path directory) throws IOException {
		Excerpt.write(TestDigits.ALL, 20, directory);
		return DigitSet.read(Files.readAllBytes(directory.resolve("digits-20-images-idx3-ubyte.gz")),
				Files.readAllBytes(directory.resolve("digits-20-labels-idx1-ubyte.gz")));
	}

}
