package io.eas.benchmarks.picks;

import java.util.Arrays;
import java.util.Random;

/**
 * The weights of instances, which are identified by their index. Immutable.
 *
 * @param each the weight of each instance
 */
record Weights(int... each) {

	private static final int HEAVIEST = 1000;

	Weights {
		each = each.clone();
	}

	/**
	 * Returns random weights from 1 to 1000.
	 * @param count the number of weights
	 * @param seed the seed; the same seed leads to the same weights
	 */
	static Weights drawn(int count, long seed) {
		return new Weights(new Random(seed).ints(count, 1, HEAVIEST + 1).toArray());
	}

	int size() {
		return this.each.length;
	}

	int of(int index) {
		return this.each[index];
	}

	int sum() {
		return Arrays.stream(this.each).sum();
	}

	/** Returns these weights and one more. */
	Weights with(int another) {
		int[] more = Arrays.copyOf(this.each, this.each.length + 1);
		more[this.each.length] = another;
		return new Weights(more);
	}

	/**
	 * Returns the port of an instance, from which {@link #index} derives the index.
	 */
	static int port(int index) {
		return index + 1;
	}

	static int index(int port) {
		return port - 1;
	}

}
