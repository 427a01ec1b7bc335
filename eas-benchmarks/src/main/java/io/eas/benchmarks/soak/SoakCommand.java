package io.eas.benchmarks.soak;

import java.time.Duration;
import java.util.List;

import io.eas.benchmarks.load.Measurement;
import io.eas.benchmarks.report.Numbers;
import io.eas.benchmarks.report.Report;
import io.eas.benchmarks.report.ReportingCommand;
import io.eas.benchmarks.report.Table;
import io.eas.benchmarks.report.Target;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * The command for a long run of calls while instances are replaced.
 */
@Command(name = "soak", sortOptions = false, showDefaultValues = true,
		description = "Calls to instances that are replaced all the time: no call may fail, and memory may not grow.")
public final class SoakCommand extends ReportingCommand {

	private static final long CALLS = 1_000_000;

	private static final long QUICK_CALLS = 20_000;

	private static final int LOOKS = 40;

	private static final int QUICK_LOOKS = 8;

	@Option(names = "--calls", paramLabel = "<n>", description = "Number of calls; " + CALLS + " unless given.")
	private @Nullable Long calls;

	@Option(names = "--callers", paramLabel = "<n>", defaultValue = "16", description = "Number of calls in flight.")
	private int callers;

	@Option(names = "--replace-every", paramLabel = "<ms>", defaultValue = "1000",
			description = "From one replacement of an instance to the next.")
	private long replaceEvery;

	@Override
	public Integer call() {
		long count = (this.calls != null) ? this.calls : isQuick() ? QUICK_CALLS : CALLS;
		int looks = isQuick() ? QUICK_LOOKS : LOOKS;
		require("--calls", count, looks);
		require("--callers", this.callers, 1);
		require("--replace-every", this.replaceEvery, 1);
		return report(new Soak(count, this.callers, Duration.ofMillis(this.replaceEvery), looks).run());
	}

	private void require(String option, long value, long least) {
		if (value < least) {
			throw new ParameterException(commandLine(), option + " must be at least " + least + ", was " + value);
		}
	}

	private int report(Soak.Result result) {
		Report report = newReport();
		List<Drift> drifts = Drift.of(result.footprints());
		report.table("Calls while instances are replaced", calls(result));
		report.table("What is held, first quarter and last", held(drifts));
		report.targets(List.of(Target.countAtMost("failed calls", result.measured().failed(), 0)));
		report.targets(drifts.stream().map(Drift::target).toList());
		return report.finish();
	}

	private static Table calls(Soak.Result result) {
		Measurement measured = result.measured();
		return new Table("calls", "instances replaced", "failed", "attempts per call", "p99.9 ms", "worst ms",
				"calls/s")
			.row(Numbers.shown(measured.calls()), result.replaced(), Numbers.shown(measured.failures()),
					Numbers.shown(measured.attemptsPerCall()), Numbers.shown(measured.millis(99.9)),
					Numbers.shown(measured.worstMillis()), Numbers.shown(measured.answered() / result.seconds()));
	}

	private static Table held(List<Drift> drifts) {
		Table table = new Table("what", "first quarter", "last quarter");
		drifts.forEach((drift) -> table.row(drift.what(), Numbers.shown(drift.first()), Numbers.shown(drift.last())));
		return table;
	}

}
