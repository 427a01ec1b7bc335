package io.eas.benchmarks.bodies;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.eas.benchmarks.report.Report;
import io.eas.benchmarks.report.ReportingCommand;
import io.eas.benchmarks.report.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command that measures large bodies and long streams.
 */
@Command(name = "bodies", sortOptions = false, showDefaultValues = true,
		description = "What large bodies and streams cost, and whether a slow reader holds its instance back.")
public final class BodiesCommand extends ReportingCommand {

	private static final Duration BEFORE = Duration.ofMillis(300);

	private static final Duration QUICK = Duration.ofMillis(100);

	@Option(names = "--variants", split = ",", paramLabel = "<name>",
			description = "The clients to measure, all unless given: ${COMPLETION-CANDIDATES}.")
	private Set<BodyVariant> variants = EnumSet.allOf(BodyVariant.class);

	@Option(names = "--callers", paramLabel = "<n>", defaultValue = "4", description = "Number of transfers at a time.")
	private int callers;

	@Option(names = "--rounds", paramLabel = "<n>", defaultValue = "5",
			description = "Number of measurements of each client.")
	private int rounds;

	@Option(names = "--millis", paramLabel = "<ms>", defaultValue = "1200", description = "Length of each measurement.")
	private int millis;

	@Option(names = "--warm-up", paramLabel = "<s>", defaultValue = "2",
			description = "Time that each variant runs with each body before the measurement.")
	private int warmUp;

	@Override
	public Integer call() {
		Report report = newReport();
		BodyResults results = suite().run(commandLine().getErr());
		report.note("Each variant is a process of its own (JDK " + Runtime.version() + ", "
				+ String.join(" ", BodyProcess.CARRYING) + "), and so is the instance. Medians of the rounds, with the "
				+ "least and the most; ratios are taken round by round. CPU, bytes and memory are the caller's. Peak "
				+ "heap has garbage in it; live is what a collection of garbage left, 0 if there was none.");
		new BodyTables(results).report(report, this.callers);
		restraint(report);
		return report.finish();
	}

	private BodySuite suite() {
		Set<Transfer> all = EnumSet.allOf(Transfer.class);
		return isQuick() ? new BodySuite(this.variants, all, this.callers, 1, QUICK, QUICK, QUICK)
				: new BodySuite(this.variants, all, this.callers, this.rounds, Duration.ofSeconds(this.warmUp), BEFORE,
						Duration.ofMillis(this.millis));
	}

	private void restraint(Report report) {
		long enough = (isQuick() ? 8L : 64L) * Transfer.MEGABYTE;
		List<Restraint> seen = new RestraintSuite(this.variants, enough, isQuick() ? 10 : 100).run();
		Table table = new Table("variant", "MB read", "MB sent", "memory above before, MB", "connections while held",
				"connections left", "buffers not released");
		seen.forEach((restraint) -> table.row(restraint.row()));
		if (!table.isEmpty()) {
			report.table(
					"An answer of " + Reading.ENDLESS / Transfer.MEGABYTE
							+ " MB, read slowly and not to its end; then answers that are cancelled in their middle",
					table);
		}
		seen.forEach((restraint) -> report.targets(restraint.targets()));
	}

}
