package io.eas.sample.model.network;

/**
 * A fully connected layer. The weights are stored input by input. So an input of 0 costs
 * nothing (four of five pixels are 0), and the inner loop accesses adjacent elements.
 */
public final class Layer {

	private final float[] weights;

	private final float[] biases;

	/**
	 * Creates a layer from arrays, which are not copied: training changes them in place.
	 * @param weights the weight of input i for output j at {@code i * outputs + j}
	 * @param biases the bias of each output
	 */
	public Layer(float[] weights, float[] biases) {
		if (biases.length == 0 || weights.length % biases.length != 0) {
			throw new IllegalArgumentException(
					weights.length + " weights can't be divided evenly among " + biases.length + " outputs");
		}
		this.weights = weights;
		this.biases = biases;
	}

	/**
	 * Returns the number of inputs.
	 * @return the number of values that the layer takes
	 */
	public int inputs() {
		return this.weights.length / this.biases.length;
	}

	/**
	 * Returns the number of outputs.
	 * @return the number of values that the layer returns
	 */
	public int outputs() {
		return this.biases.length;
	}

	/**
	 * Computes the outputs, before any activation.
	 * @param input one value for each input
	 * @return a new array with one value for each output
	 */
	public float[] apply(float[] input) {
		float[] output = this.biases.clone();
		for (int i = 0; i < input.length; i++) {
			float value = input[i];
			if (value != 0) {
				add(value, i * output.length, output);
			}
		}
		return output;
	}

	private void add(float value, int row, float[] output) {
		for (int j = 0; j < output.length; j++) {
			output[j] += value * this.weights[row + j];
		}
	}

	float[] weights() {
		return this.weights;
	}

	float[] biases() {
		return this.biases;
	}

}
