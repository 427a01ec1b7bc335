package io.eas.sample.model.network;

import java.util.Locale;

/**
 * The accuracy of a network.
 *
 * @param right the number of correctly classified images
 * @param all the number of all images, at least 1
 */
public record Accuracy(int right, int all) {

	public Accuracy {
		if (right < 0 || right > all || all < 1) {
			throw new IllegalArgumentException(right + " of " + all + " images is not a valid accuracy");
		}
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "%.2f %% of %,d images", 100.0 * this.right / this.all, this.all);
	}

}
