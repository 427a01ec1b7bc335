package io.eas.benchmarks.picks;

import java.util.Arrays;
import java.util.function.IntSupplier;

/**
 * The smoothness of picks by weight.
 *
 * @param deviation the largest difference between an instance's picks so far and its
 * share of all picks so far
 * @param run the longest run of consecutive picks of one instance
 * @param gap the largest number of picks until an instance is picked again, as a ratio to
 * the ideal number
 * @param windowError the largest difference between an instance's picks and its weight,
 * in any window with as many picks as the sum of the weights
 */
record Smoothness(double deviation, int run, double gap, int windowError) {

	private static final int ROUNDS = 3;

	/**
	 * Measures three rounds of picks, each with as many picks as the sum of the weights.
	 */
	static Smoothness of(Weights weights, IntSupplier picks) {
		int round = weights.sum();
		int[] sequence = new int[ROUNDS * round];
		Arrays.setAll(sequence, (index) -> picks.getAsInt());
		return new Smoothness(deviation(weights, sequence), run(sequence), gap(weights, sequence),
				windowError(weights, sequence));
	}

	/** Returns the worse value of both results for each component. */
	Smoothness worse(Smoothness other) {
		return new Smoothness(Math.max(this.deviation, other.deviation), Math.max(this.run, other.run),
				Math.max(this.gap, other.gap), Math.max(this.windowError, other.windowError));
	}

	private static double deviation(Weights weights, int[] sequence) {
		double sum = weights.sum();
		int[] counts = new int[weights.size()];
		double largest = 0;
		for (int made = 1; made <= sequence.length; made++) {
			counts[sequence[made - 1]]++;
			for (int i = 0; i < counts.length; i++) {
				largest = Math.max(largest, Math.abs(counts[i] - made * (weights.of(i) / sum)));
			}
		}
		return largest;
	}

	private static int run(int[] sequence) {
		int longest = 1;
		int current = 1;
		for (int i = 1; i < sequence.length; i++) {
			current = (sequence[i] == sequence[i - 1]) ? current + 1 : 1;
			longest = Math.max(longest, current);
		}
		return longest;
	}

	private static double gap(Weights weights, int[] sequence) {
		double sum = weights.sum();
		int[] last = new int[weights.size()];
		Arrays.fill(last, -1);
		double largest = 0;
		for (int i = 0; i < sequence.length; i++) {
			int picked = sequence[i];
			if (last[picked] >= 0) {
				largest = Math.max(largest, (i - last[picked]) * (weights.of(picked) / sum));
			}
			last[picked] = i;
		}
		return largest;
	}

	private static int windowError(Weights weights, int[] sequence) {
		int window = weights.sum();
		int[] counts = new int[weights.size()];
		int largest = 0;
		for (int i = 0; i < sequence.length; i++) {
			counts[sequence[i]]++;
			if (i >= window) {
				counts[sequence[i - window]]--;
				largest = Math.max(largest, error(weights, counts, sequence[i - window]));
			}
			if (i == window - 1) {
				for (int instance = 0; instance < counts.length; instance++) {
					largest = Math.max(largest, error(weights, counts, instance));
				}
			}
			else if (i >= window) {
				largest = Math.max(largest, error(weights, counts, sequence[i]));
			}
		}
		return largest;
	}

	private static int error(Weights weights, int[] counts, int instance) {
		return Math.abs(counts[instance] - weights.of(instance));
	}

}
