package io.eas.sample.model.training;

import java.util.List;
import java.util.SplittableRandom;

import io.eas.sample.model.network.Accuracy;
import io.eas.sample.model.network.Activation;
import io.eas.sample.model.network.Layer;
import io.eas.sample.model.network.Network;

/**
 * Trains a network with one hidden layer. The same seed leads to a bit-identical network
 * on every machine.
 */
final class Trainer {

	private static final int HIDDEN = 256;

	private static final int BATCH = 32;

	private final DigitSet set;

	private final SplittableRandom random;

	private final TrainableLayer hidden;

	private final TrainableLayer output;

	Trainer(DigitSet set, long seed) {
		this.set = set;
		this.random = new SplittableRandom(seed);
		this.hidden = new TrainableLayer(Network.PIXELS, HIDDEN, this.random);
		this.output = new TrainableLayer(HIDDEN, Network.CLASSES, this.random);
	}

	/**
	 * Trains with every image once. The order of the images and their slight shifts are
	 * random.
	 */
	void epoch(float rate) {
		int[] order = shuffled(this.set.size());
		for (int i = 0; i < order.length; i++) {
			learn(Shift.random(this.set.pixels(order[i]), this.random), this.set.label(order[i]));
			if ((i + 1) % BATCH == 0 || i + 1 == order.length) {
				this.hidden.step(rate / BATCH);
				this.output.step(rate / BATCH);
			}
		}
	}

	private void learn(float[] pixels, int label) {
		float[] middle = this.hidden.layer().apply(pixels);
		Activation.relu(middle);
		// the gradient of the cross-entropy after a softmax is the scores minus the
		// one-hot label
		float[] error = this.output.layer().apply(middle);
		Activation.softmax(error);
		error[label] -= 1;
		this.hidden.learn(pixels, this.output.errorOf(middle, error));
		this.output.learn(middle, error);
	}

	private int[] shuffled(int size) {
		int[] order = new int[size];
		for (int i = 0; i < size; i++) {
			int other = this.random.nextInt(i + 1);
			order[i] = order[other];
			order[other] = i;
		}
		return order;
	}

	/**
	 * Returns the current network with its accuracy on a set that was not used for
	 * training.
	 */
	Network network(DigitSet unseen) {
		List<Layer> layers = List.of(this.hidden.layer(), this.output.layer());
		Accuracy accuracy = unseen.accuracy(new Network(layers, new Accuracy(0, unseen.size())));
		return new Network(layers, accuracy);
	}

}
