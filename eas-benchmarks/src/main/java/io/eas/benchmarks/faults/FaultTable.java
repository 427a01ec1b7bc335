package io.eas.benchmarks.faults;

import java.util.ArrayList;
import java.util.List;

import io.eas.benchmarks.report.Numbers;
import io.eas.benchmarks.report.Report;
import io.eas.benchmarks.report.Table;
import io.eas.benchmarks.report.Target;

/**
 * The table of what callers noticed, case by case. Not thread-safe.
 */
final class FaultTable {

	private final List<Target> targets = new ArrayList<>();

	private final Table table = new Table("case", "client", "calls", "failed", "worst ms", "p99.9 ms", "calls/s before",
			"during/before", "after/before", "attempts per call during");

	void row(String name, String client, Observation seen) {
		this.table.row(name, client, Numbers.shown(seen.calls()), Numbers.shown(seen.failures()),
				Numbers.shown(seen.worst()), Numbers.shown(seen.tail()), Numbers.shown(seen.before()),
				Numbers.shown(seen.during()), Numbers.shown(seen.after()), Numbers.shown(seen.attempts()));
	}

	void demand(String what, Observation seen, Demand demand, double left) {
		this.targets.addAll(demand.targets(what, seen, left));
	}

	/**
	 * Adds the table and its targets to a report, unless the table is empty.
	 */
	void print(String title, Report report) {
		if (!this.table.isEmpty()) {
			report.table(title, this.table);
			report.targets(this.targets);
		}
	}

}
