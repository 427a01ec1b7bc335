package io.eas.sample.app.walkthrough;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The table that is printed at the end of the walk-through.
 */
final class Report {

	private static final int SHOWN_FAILURES = 3;

	private final StringBuilder text = new StringBuilder();

	private Report() {
	}

	static String of(Tally tally, List<Row> rows, Duration time) {
		Report report = new Report();
		report.line("");
		report.line("  %d handwritten digits, classified by %s", tally.calls(), by(rows.size()));
		report.line("");
		report.line("  accuracy       %d of %d (%.1f %%)", tally.right(), tally.calls(), 100 * tally.accuracy());
		report.line("  failed calls   %d", tally.failures().size());
		report.line("  retries        %d", tally.retries());
		report.line("  time           %.1f s", time.toMillis() / 1000.0);
		report.line("");
		report.instances(tally, rows);
		tally.failures().stream().limit(SHOWN_FAILURES).forEach((failure) -> report.line("  failed: %s", failure));
		return report.text.toString();
	}

	private static String by(int instances) {
		return (instances > 1) ? instances + " instances, one of them killed on the way"
				: "1 instance, not killed since no other would take over";
	}

	private void instances(Tally tally, List<Row> rows) {
		line("  %-15s  %8s  %6s", "instance", "process", "calls");
		for (Row row : rows) {
			line("  %-15s  %8d  %6d   %s", row.address(), row.pid(), tally.calls(row.address()), row.remark());
		}
		line("");
	}

	private void line(String format, Object... values) {
		this.text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append(System.lineSeparator());
	}

}
