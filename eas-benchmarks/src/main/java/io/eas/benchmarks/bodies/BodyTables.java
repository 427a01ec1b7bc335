package io.eas.benchmarks.bodies;

import java.util.ArrayList;
import java.util.List;

import io.eas.benchmarks.report.Report;
import io.eas.benchmarks.report.Table;
import io.eas.benchmarks.report.Target;

/**
 * Shows the results as tables, one per transfer, and the targets.
 */
final class BodyTables {

	private static final String BASE = "over " + BodyVariant.RAW;

	private static final List<BodyMetric> COMPARED = List.of(BodyMetric.THROUGHPUT, BodyMetric.CPU);

	private static final List<BodyMetric> ALONE = List.of(BodyMetric.ALLOCATED, BodyMetric.HEAP, BodyMetric.LIVE,
			BodyMetric.DIRECT, BodyMetric.RESIDENT);

	private final BodyResults results;

	BodyTables(BodyResults results) {
		this.results = results;
	}

	void report(Report report, int callers) {
		for (Transfer transfer : this.results.transfers()) {
			Table table = new Table(headers());
			this.results.variants(transfer).forEach((variant) -> table.row(row(transfer, variant).toArray()));
			report.table(transfer + ", " + callers + " callers", table);
		}
		report.targets(targets());
	}

	private static String[] headers() {
		List<String> headers = new ArrayList<>(List.of("variant"));
		COMPARED.forEach((metric) -> headers.addAll(List.of(metric.toString(), BASE)));
		ALONE.forEach((metric) -> headers.add(metric.toString()));
		return headers.toArray(String[]::new);
	}

	private List<Object> row(Transfer transfer, BodyVariant variant) {
		List<Object> row = new ArrayList<>(List.of(variant.label()));
		for (BodyMetric metric : COMPARED) {
			row.add(this.results.spread(transfer, variant, metric));
			row.add(isComparable(transfer, variant) ? this.results.ratio(transfer, variant, BodyVariant.RAW, metric)
					: "");
		}
		ALONE.forEach((metric) -> row.add(this.results.spread(transfer, variant, metric)));
		return row;
	}

	private boolean isComparable(Transfer transfer, BodyVariant variant) {
		return variant != BodyVariant.RAW && this.results.variants(transfer).contains(BodyVariant.RAW);
	}

	List<Target> targets() {
		List<Target> targets = new ArrayList<>(
				List.of(Target.countAtMost("failed transfers", this.results.failed(), 0)));
		for (Transfer transfer : this.results.transfers()) {
			if (this.results.variants(transfer).contains(BodyVariant.EAS) && isComparable(transfer, BodyVariant.EAS)) {
				targets.add(Target.throughputAtLeast(what(transfer, BodyMetric.THROUGHPUT),
						ratio(transfer, BodyMetric.THROUGHPUT), 0.9));
				targets.add(Target.costAtMost(what(transfer, BodyMetric.CPU), ratio(transfer, BodyMetric.CPU), 1.15));
			}
		}
		return targets;
	}

	private double ratio(Transfer transfer, BodyMetric metric) {
		return this.results.ratio(transfer, BodyVariant.EAS, BodyVariant.RAW, metric).median();
	}

	private static String what(Transfer transfer, BodyMetric metric) {
		return BodyVariant.EAS.label() + " over " + BodyVariant.RAW.label() + ", " + metric + ", " + transfer;
	}

}
