package io.eas.sample.model.training;

import java.util.Arrays;
import java.util.SplittableRandom;

import io.eas.sample.model.network.Layer;

/**
 * A layer that learns by stochastic gradient descent with momentum.
 */
final class TrainableLayer {

	private static final float MOMENTUM = 0.9f;

	private final float[] weights;

	private final float[] biases;

	private final float[] weightGradients;

	private final float[] biasGradients;

	private final float[] weightSpeeds;

	private final float[] biasSpeeds;

	private final Layer layer;

	TrainableLayer(int inputs, int outputs, SplittableRandom random) {
		this.weights = new float[inputs * outputs];
		this.biases = new float[outputs];
		// He et al. 2015: keeps the spread of the values from layer to layer under relu
		double spread = StrictMath.sqrt(6.0 / inputs);
		for (int i = 0; i < this.weights.length; i++) {
			this.weights[i] = (float) ((random.nextDouble() * 2 - 1) * spread);
		}
		this.weightGradients = new float[this.weights.length];
		this.biasGradients = new float[outputs];
		this.weightSpeeds = new float[this.weights.length];
		this.biasSpeeds = new float[outputs];
		this.layer = new Layer(this.weights, this.biases);
	}

	/** Returns the layer, whose weights change with further training. */
	Layer layer() {
		return this.layer;
	}

	/** Adds the gradients of one image to the accumulated gradients. */
	void learn(float[] input, float[] error) {
		for (int i = 0; i < input.length; i++) {
			if (input[i] != 0) {
				add(input[i], error, i * error.length);
			}
		}
		for (int j = 0; j < error.length; j++) {
			this.biasGradients[j] += error[j];
		}
	}

	private void add(float value, float[] error, int row) {
		for (int j = 0; j < error.length; j++) {
			this.weightGradients[row + j] += value * error[j];
		}
	}

	/**
	 * Returns the share of each input in the error; 0 for an input that relu has set to
	 * 0.
	 */
	float[] errorOf(float[] input, float[] error) {
		float[] share = new float[input.length];
		for (int i = 0; i < input.length; i++) {
			if (input[i] > 0) {
				share[i] = weighted(error, i * error.length);
			}
		}
		return share;
	}

	private float weighted(float[] error, int row) {
		float sum = 0;
		for (int j = 0; j < error.length; j++) {
			sum += this.weights[row + j] * error[j];
		}
		return sum;
	}

	/**
	 * Updates the weights and biases with the gradients accumulated since the last step.
	 */
	void step(float rate) {
		step(rate, this.weights, this.weightGradients, this.weightSpeeds);
		step(rate, this.biases, this.biasGradients, this.biasSpeeds);
	}

	private static void step(float rate, float[] values, float[] gradients, float[] speeds) {
		for (int i = 0; i < values.length; i++) {
			float speed = MOMENTUM * speeds[i] - rate * gradients[i];
			speeds[i] = speed;
			values[i] += speed;
		}
		Arrays.fill(gradients, 0);
	}

}
