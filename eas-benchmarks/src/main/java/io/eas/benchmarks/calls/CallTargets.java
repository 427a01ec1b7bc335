package io.eas.benchmarks.calls;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.eas.benchmarks.paths.Variant;
import io.eas.benchmarks.report.Target;

/**
 * The targets for the cost of calls.
 */
final class CallTargets {

	private final Results results;

	private final List<Target> targets = new ArrayList<>();

	private CallTargets(Results results) {
		this.results = results;
	}

	/**
	 * Returns the targets of the measured variants.
	 */
	static List<Target> of(Results results) {
		CallTargets targets = new CallTargets(results);
		targets.targets.add(Target.countAtMost("failed calls", results.failed(), 0));
		results.callers().forEach(targets::add);
		return targets.targets;
	}

	private void add(int callers) {
		if (callers == 1) {
			costAtMost(callers, Variant.EAS, Variant.RAW, Metric.P99, 1.1);
			return;
		}
		atLeast(callers, Variant.EAS, Variant.RAW, 0.95);
		costAtMost(callers, Variant.EAS, Variant.RAW, Metric.CPU, 1.1);
		costAtMost(callers, Variant.EAS, Variant.RAW, Metric.BYTES, 1.2);
		atLeast(callers, Variant.EAS_SIGNATURE, Variant.RAW, 0.92);
		costAtMost(callers, Variant.EAS_SIGNATURE, Variant.RAW, Metric.CPU, 1.25);
		costAtMost(callers, Variant.EAS_SIGNATURE, Variant.RAW, Metric.BYTES, 1.35);
		atLeast(callers, Variant.EAS_OBSERVED, Variant.EAS, 0.9);
		atLeast(callers, Variant.EAS_WEB_CLIENT, Variant.WEB_CLIENT, 0.95);
		atLeast(callers, Variant.WEB_CLIENT_ALIAS, Variant.WEB_CLIENT, 0.95);
		costAtMost(callers, Variant.WEB_CLIENT_ALIAS, Variant.WEB_CLIENT, Metric.BYTES, 1.1);
		atLeast(callers, Variant.REST_CLIENT_ALIAS, Variant.REST_CLIENT, 0.95);
		costAtMost(callers, Variant.REST_CLIENT_ALIAS, Variant.REST_CLIENT, Metric.BYTES, 1.1);
	}

	private void atLeast(int callers, Variant variant, Variant base, double limit) {
		if (measured(variant, base)) {
			this.targets.add(Target.throughputAtLeast(what(callers, variant, base, Metric.THROUGHPUT),
					ratio(callers, variant, base, Metric.THROUGHPUT), limit));
		}
	}

	private void costAtMost(int callers, Variant variant, Variant base, Metric metric, double limit) {
		if (measured(variant, base)) {
			this.targets.add(Target.costAtMost(what(callers, variant, base, metric),
					ratio(callers, variant, base, metric), limit));
		}
	}

	private boolean measured(Variant variant, Variant base) {
		return this.results.variants().containsAll(Set.of(variant, base));
	}

	private double ratio(int callers, Variant variant, Variant base, Metric metric) {
		return this.results.ratio(callers, variant, base, metric).median();
	}

	private static String what(int callers, Variant variant, Variant base, Metric metric) {
		return variant.label() + " over " + base.label() + ", " + metric + ", " + callers
				+ ((callers == 1) ? " caller" : " callers");
	}

}
