package io.eas.benchmarks.calls;

import java.util.List;

import io.eas.benchmarks.report.Numbers;

/**
 * Results of several rounds.
 *
 * @param least the smallest
 * @param median the one in the middle, or the mean of the two
 * @param most the largest
 */
public record Spread(double least, double median, double most) {

	/**
	 * Summarizes.
	 * @param results in any order
	 * @return the summary
	 * @throws IllegalArgumentException if there is nothing
	 */
	public static Spread of(List<Double> results) {
		if (results.isEmpty()) {
			throw new IllegalArgumentException("there are no results");
		}
		double[] sorted = results.stream().mapToDouble(Double::doubleValue).sorted().toArray();
		double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
		return new Spread(sorted[0], median, sorted[sorted.length - 1]);
	}

	@Override
	public String toString() {
		return (this.least == this.most) ? Numbers.shown(this.median)
				: Numbers.shown(this.median) + " (" + Numbers.shown(this.least) + ".." + Numbers.shown(this.most) + ")";
	}

}
