package io.eas.sample.model;

import io.eas.sample.model.network.Network;
import org.jspecify.annotations.Nullable;

/**
 * Converts images from callers to the input of the network: 784 values from 0 to 1.
 */
final class Pixels {

	private static final float WHITE = 255;

	private Pixels() {
	}

	/**
	 * Converts an image with one byte per pixel.
	 */
	static float[] ofGreys(byte[] greys) {
		float[] pixels = new float[greys.length];
		for (int i = 0; i < greys.length; i++) {
			pixels[i] = (greys[i] & 0xff) / WHITE;
		}
		return pixels;
	}

	/**
	 * Converts an image of numbers. All numbers are divided by 255 if any of them is
	 * greater than 1.
	 * @param values the numbers, row by row; changed in place
	 * @param name the name of the image in the request
	 */
	static float[] ofNumbers(float @Nullable [] values, String name) {
		if (values == null) {
			throw new BadInputException(name + " is null, expected " + Network.PIXELS + " numbers");
		}
		if (values.length != Network.PIXELS) {
			throw new BadInputException(name + " has " + values.length + " numbers, expected " + Network.PIXELS
					+ " (28 rows of 28 pixels)");
		}
		if (max(values, name) > 1) {
			for (int i = 0; i < values.length; i++) {
				values[i] /= WHITE;
			}
		}
		return values;
	}

	private static float max(float[] values, String name) {
		float max = 0;
		for (int i = 0; i < values.length; i++) {
			if (!(values[i] >= 0 && values[i] <= WHITE)) {
				throw new BadInputException(
						name + "[" + i + "] is " + values[i] + ", expected a number from 0 to 1 or from 0 to 255");
			}
			max = Math.max(max, values[i]);
		}
		return max;
	}

}
