package io.eas.benchmarks.faults;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.eas.benchmarks.report.Figure;
import io.eas.benchmarks.report.Figure.Mark;
import io.eas.benchmarks.report.Figure.Series;
import io.eas.benchmarks.report.Numbers;
import io.eas.benchmarks.report.Report;
import io.eas.benchmarks.report.Table;
import io.eas.benchmarks.report.Target;

/**
 * The table of the effects of faults on callers, with a row per case and client. Each
 * case has a figure of its throughput over time. Not thread-safe.
 */
final class FaultTable {

	private final List<Target> targets = new ArrayList<>();

	private final Table table = new Table("case", "client", "calls", "failed", "worst ms", "p99.9 ms", "calls/s before",
			"during/before", "after/before", "attempts per call during");

	private final String kind;

	private final Map<String, Figure> figures = new LinkedHashMap<>();

	/** The cases and clients that were measured too shortly to be plotted. */
	private final List<String> leftOut = new ArrayList<>();

	/**
	 * Creates an empty table.
	 * @param kind the last part of the names of the table's figures
	 */
	FaultTable(String kind) {
		this.kind = kind;
	}

	/**
	 * Adds a row, and a line to the figure of the case.
	 * @param name the name of the case
	 * @param what the description of the fault; empty except in the first row of a case
	 * @param client the name of the client
	 * @param seen the effects on callers
	 */
	void row(String name, String what, String client, Observation seen) {
		String title = what.isEmpty() ? name : name + ": " + what;
		this.table.row(title, client, Numbers.shown(seen.calls()), Numbers.shown(seen.failures()),
				Numbers.shown(seen.worst()), Numbers.shown(seen.tail()), Numbers.shown(seen.before()),
				Numbers.shown(seen.during()), Numbers.shown(seen.after()), Numbers.shown(seen.attempts()));
		Throughput.Timeline timeline = seen.timeline();
		if (timeline.seconds().isEmpty()) {
			this.leftOut.add(name + ", " + client);
			return;
		}
		Figure before = this.figures.get(name);
		List<Series> lines = new ArrayList<>((before != null) ? before.series() : List.of());
		lines.add(new Series(client, timeline.seconds(), timeline.perSecond()));
		this.figures.put(name,
				new Figure("faults-" + name + "-" + this.kind, (before != null) ? before.title() : title,
						"seconds since the fault", "answered calls per second", List.of(), lines,
						List.of(new Mark("fault", 0), new Mark("repair", timeline.mended()))));
	}

	void demand(String what, Observation seen, Demand demand, double left) {
		this.targets.addAll(demand.targets(what, seen, left));
	}

	/**
	 * Adds the table, its targets and its figures to a report, unless the table is empty.
	 */
	void print(String title, Report report) {
		if (!this.table.isEmpty()) {
			report.table(title, this.table);
			report.targets(this.targets);
			this.figures.values().forEach(report::figure);
			if (!this.leftOut.isEmpty()) {
				report.note("Not plotted, since it was measured too shortly: " + String.join("; ", this.leftOut) + ".");
			}
		}
	}

}
