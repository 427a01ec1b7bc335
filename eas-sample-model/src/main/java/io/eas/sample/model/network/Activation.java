package io.eas.sample.model.network;

/**
 * Activation functions, which change the outputs of a layer in place. The results are
 * bit-identical on every machine.
 */
public final class Activation {

	private Activation() {
	}

	/**
	 * Sets negative values to 0. Applied after every layer but the last.
	 * @param values the outputs of a layer
	 */
	public static void relu(float[] values) {
		for (int i = 0; i < values.length; i++) {
			values[i] = Math.max(0, values[i]);
		}
	}

	/**
	 * Turns the outputs of the last layer into scores between 0 and 1 that add up to 1.
	 * @param values the outputs of the last layer
	 */
	public static void softmax(float[] values) {
		float max = Float.NEGATIVE_INFINITY;
		for (float value : values) {
			max = Math.max(max, value);
		}
		float sum = 0;
		for (int i = 0; i < values.length; i++) {
			values[i] = (float) StrictMath.exp(values[i] - max);
			sum += values[i];
		}
		for (int i = 0; i < values.length; i++) {
			values[i] /= sum;
		}
	}

}
