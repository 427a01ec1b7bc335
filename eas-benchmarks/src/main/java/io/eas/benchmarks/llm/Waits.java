package io.eas.benchmarks.llm;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The times to first token in a run, in seconds.
 *
 * @param median the median
 * @param p90 the 90th percentile
 * @param p99 the 99th percentile
 * @param soon the fraction of requests whose first token took at most 5 s
 * @param hits the fraction of prompt tokens that were found in a cache
 * @param failures the number of requests that got no response or an incomplete one
 */
record Waits(double median, double p90, double p99, double soon, double hits, double failures) {

	private static final double SOON = 5;

	static Waits of(List<Double> seconds, int failures, double hits) {
		List<Double> sorted = seconds.stream().sorted().toList();
		long soon = sorted.stream().filter((each) -> each <= SOON).count();
		return new Waits(quantile(sorted, 0.5), quantile(sorted, 0.9), quantile(sorted, 0.99),
				(double) soon / sorted.size(), hits, failures);
	}

	private static double quantile(List<Double> sorted, double part) {
		return sorted.get((int) Math.ceil(part * sorted.size()) - 1);
	}

	/** Returns the median of each number over several runs. */
	static Waits medians(List<Waits> runs) {
		return new Waits(median(runs, Waits::median), median(runs, Waits::p90), median(runs, Waits::p99),
				median(runs, Waits::soon), median(runs, Waits::hits), median(runs, Waits::failures));
	}

	private static double median(List<Waits> runs, ToDoubleFunction<Waits> number) {
		List<Double> sorted = runs.stream().map(number::applyAsDouble).sorted().toList();
		return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
	}

}
