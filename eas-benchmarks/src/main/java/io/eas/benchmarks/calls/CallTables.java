package io.eas.benchmarks.calls;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.eas.benchmarks.paths.Variant;
import io.eas.benchmarks.report.Report;
import io.eas.benchmarks.report.Table;

/**
 * Shows the results as tables: for each number of callers, the measurements, the
 * comparison with the baseline, and comparisons of other pairs of variants.
 */
final class CallTables {

	private static final String BASE = "over " + Variant.RAW;

	/** The other pairs of variants to compare, with our client first. */
	private static final List<List<Variant>> PAIRS = List.of(List.of(Variant.EAS, Variant.RAW_IN_TURN),
			List.of(Variant.EAS, Variant.APACHE_IN_TURN), List.of(Variant.EAS_WEB_CLIENT, Variant.WEB_CLIENT),
			List.of(Variant.EAS_WEB_CLIENT_FIXED, Variant.WEB_CLIENT), List.of(Variant.EAS_WEB_CLIENT, Variant.SPRING),
			List.of(Variant.WEB_CLIENT_ALIAS, Variant.WEB_CLIENT),
			List.of(Variant.REST_CLIENT_ALIAS, Variant.REST_CLIENT), List.of(Variant.BLOCKING, Variant.REST_CLIENT),
			List.of(Variant.EAS_JSON, Variant.WEB_CLIENT_JSON), List.of(Variant.EAS_OBSERVED, Variant.EAS),
			List.of(Variant.EAS_SIGNATURE, Variant.EAS), List.of(Variant.EAS_TOKEN, Variant.EAS),
			List.of(Variant.EAS_LEAST_REQUEST, Variant.EAS));

	private final Results results;

	CallTables(Results results) {
		this.results = results;
	}

	void report(Report report) {
		for (int callers : this.results.callers()) {
			String who = callers + ((callers == 1) ? " caller" : " callers");
			report.table("Closed loop, " + who, measured(callers));
			Table pairs = pairs(callers);
			if (!pairs.isEmpty()) {
				report.table("One over another, " + who, pairs);
			}
		}
	}

	private Table measured(int callers) {
		Table table = new Table("variant", "calls/s", BASE, "CPU µs", BASE, "bytes", BASE, "p50 µs", "p99 µs", BASE,
				"p99.9 µs");
		for (Variant variant : this.results.variants()) {
			List<Object> row = new ArrayList<>(List.of(variant.label()));
			for (Metric metric : List.of(Metric.THROUGHPUT, Metric.CPU, Metric.BYTES)) {
				row.add(this.results.spread(callers, variant, metric));
				row.add(ratio(callers, variant, metric));
			}
			row.add(this.results.spread(callers, variant, Metric.P50));
			row.add(this.results.spread(callers, variant, Metric.P99));
			row.add(ratio(callers, variant, Metric.P99));
			row.add(this.results.spread(callers, variant, Metric.P999));
			table.row(row.toArray());
		}
		return table;
	}

	private Object ratio(int callers, Variant variant, Metric metric) {
		boolean comparable = variant != Variant.RAW && this.results.variants().contains(Variant.RAW);
		return comparable ? this.results.ratio(callers, variant, Variant.RAW, metric) : "";
	}

	private Table pairs(int callers) {
		Table table = new Table("variant", "over", "calls/s", "CPU", "bytes", "p50", "p99");
		Set<Variant> measured = this.results.variants();
		for (List<Variant> pair : PAIRS) {
			if (measured.containsAll(pair)) {
				List<Object> row = new ArrayList<>(List.of(pair.get(0).label(), pair.get(1).label()));
				for (Metric metric : List.of(Metric.THROUGHPUT, Metric.CPU, Metric.BYTES, Metric.P50, Metric.P99)) {
					row.add(this.results.ratio(callers, pair.get(0), pair.get(1), metric));
				}
				table.row(row.toArray());
			}
		}
		return table;
	}

}
