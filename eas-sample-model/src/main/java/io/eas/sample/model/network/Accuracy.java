package io.eas.sample.model.network;

import java.util.Locale;

/**
 * How many images a network classified rightly.
 *
 * @param right the images classified rightly
 * @param all the images it was asked for, at least 1
 */
public record Accuracy(int right, int all) {

	public Accuracy {
		if (right < 0 || right > all || all < 1) {
			throw new IllegalArgumentException(right + " of " + all + " images is no accuracy");
		}
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "%.2f %% of %,d images", 100.0 * this.right / this.all, this.all);
	}

}
