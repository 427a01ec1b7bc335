package io.eas.benchmarks.picks;

import java.util.List;

import io.eas.benchmarks.report.Report;
import io.eas.benchmarks.report.ReportingCommand;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command that measures the distribution and the cost of picks.
 */
@Command(name = "picks", sortOptions = false,
		description = "How picks by weight are spread, and what they cost, beside the peers.")
public final class PicksCommand extends ReportingCommand {

	private static final Fairness WHOLE = new Fairness(20, 1_000_000, 10_000);

	private static final Fairness QUICK = new Fairness(2, 20_000, 10_000);

	private static final Costs WHOLE_COSTS = new Costs(3, 5, TimeValue.milliseconds(500), List.of(),
			VerboseMode.NORMAL);

	private static final Costs QUICK_COSTS = new Costs(0, 1, TimeValue.milliseconds(20), List.of(10),
			VerboseMode.SILENT);

	@Option(names = "--without-costs", description = "Counts picks only, and measures no times.")
	private boolean withoutCosts;

	@Override
	public Integer call() throws RunnerException {
		Report report = newReport();
		(isQuick() ? QUICK : WHOLE).report(report);
		if (isQuick()) {
			// a short run may run beside another one
			System.setProperty("jmh.ignoreLock", "true");
		}
		if (!this.withoutCosts) {
			(isQuick() ? QUICK_COSTS : WHOLE_COSTS).report(report);
		}
		return report.finish();
	}

}
