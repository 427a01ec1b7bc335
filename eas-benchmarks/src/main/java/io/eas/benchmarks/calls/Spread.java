package io.eas.benchmarks.calls;

import java.util.List;

import io.eas.benchmarks.report.Numbers;

/**
 * The spread of the results of several rounds.
 *
 * @param least the smallest result
 * @param median the median: the middle result, or the mean of the two middle ones
 * @param most the largest result
 */
public record Spread(double least, double median, double most) {

	/**
	 * Computes the spread of results.
	 * @param results the results in any order
	 * @return the spread
	 * @throws IllegalArgumentException if there are no results
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
