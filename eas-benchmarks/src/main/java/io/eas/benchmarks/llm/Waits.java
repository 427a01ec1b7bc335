package io.eas.benchmarks.llm;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How long the first tokens of a run took, in seconds.
 *
 * @param median half of them took no longer
 * @param p90 and 90 % no longer than this
 * @param p99 and 99 % no longer than this
 * @param soon the share within 5 s
 * @param hits the share of the tokens of prompts that was found in a cache
 * @param failures the requests that weren't answered, or lost their answer
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
