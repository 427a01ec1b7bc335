package io.eas.sample.app;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * An image in JSON: <code>{"image": [784 numbers]}</code> or just the array.
 *
 * @param image 28 rows of 28 grey values, 0 for the background; all of them from 0 to 1
 * or from 0 to 255
 */
record Image(List<Float> image) {

	static final int SIDE = 28;

	private static final int PIXELS = SIDE * SIDE;

	@JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
	Image(@Nullable List<@Nullable Float> image) {
		if (image == null || image.size() != PIXELS) {
			throw new BadImageException("expected 784 numbers (28 rows of 28 pixels), got "
					+ ((image != null) ? image.size() : "no image"));
		}
		this.image = image.stream().map(Image::checked).toList();
	}

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	static Image of(List<@Nullable Float> image) {
		return new Image(image);
	}

	private static Float checked(@Nullable Float number) {
		if (number == null || !(number >= 0 && number <= 255)) {
			throw new BadImageException("expected numbers from 0 to 1 or from 0 to 255, got " + number);
		}
		return number;
	}

}
