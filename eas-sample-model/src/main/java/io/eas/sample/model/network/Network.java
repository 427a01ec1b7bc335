package io.eas.sample.model.network;

import java.util.List;

/**
 * A classifier of handwritten digits: a sequence of layers, each of which takes the
 * outputs of the previous one. Thread-safe unless the layers are being trained.
 *
 * @param layers the layers, the first of which takes the image
 * @param accuracy the accuracy on images that were not used for training
 */
public record Network(List<Layer> layers, Accuracy accuracy) {

	/** The number of pixels of an image: 28 rows of 28. */
	public static final int PIXELS = 28 * 28;

	/** The number of classes: the digits 0 to 9. */
	public static final int CLASSES = 10;

	public Network {
		layers = List.copyOf(layers);
		int width = PIXELS;
		for (Layer layer : layers) {
			if (layer.inputs() != width) {
				throw new IllegalArgumentException(
						"a layer takes " + layer.inputs() + " values, but is given " + width);
			}
			width = layer.outputs();
		}
		if (width != CLASSES) {
			throw new IllegalArgumentException("the last layer gives " + width + " scores, not " + CLASSES);
		}
	}

	/**
	 * Classifies one image.
	 * @param pixels the pixels, row by row, 0 for the background to 1 for the pen
	 * @return a new array with the score of each digit; the scores are between 0 and 1
	 * and add up to 1
	 */
	public float[] scores(float[] pixels) {
		float[] values = this.layers.get(0).apply(pixels);
		for (Layer layer : this.layers.subList(1, this.layers.size())) {
			Activation.relu(values);
			values = layer.apply(values);
		}
		Activation.softmax(values);
		return values;
	}

	/**
	 * Finds the digit with the highest score.
	 * @param scores the scores of an image
	 * @return the digit, 0 to 9
	 */
	public static int best(float[] scores) {
		int best = 0;
		for (int digit = 1; digit < scores.length; digit++) {
			best = (scores[digit] > scores[best]) ? digit : best;
		}
		return best;
	}

}
