package io.eas.benchmarks.calls;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.eas.benchmarks.paths.Variant;
import io.eas.benchmarks.report.Report;
import io.eas.benchmarks.report.ReportingCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command that measures the cost of a call.
 */
@Command(name = "calls", sortOptions = false, showDefaultValues = true,
		description = "What a call costs, for this client and its peers, compared with Reactor Netty alone.")
public final class CallsCommand extends ReportingCommand {

	private static final Duration BEFORE = Duration.ofMillis(300);

	private static final Duration QUICK = Duration.ofMillis(100);

	@Option(names = "--variants", split = ",", paramLabel = "<name>",
			description = "The clients to measure, all unless given: ${COMPLETION-CANDIDATES}.")
	private Set<Variant> variants = EnumSet.allOf(Variant.class);

	@Option(names = "--callers", split = ",", paramLabel = "<n>", defaultValue = "1,16,64",
			description = "Numbers of calls in flight; each is measured.")
	private List<Integer> callers = List.of();

	@Option(names = "--rounds", paramLabel = "<n>", defaultValue = "5",
			description = "Number of measurements of each client.")
	private int rounds;

	@Option(names = "--seconds", paramLabel = "<s>", defaultValue = "2", description = "Length of each measurement.")
	private int seconds;

	@Option(names = "--warm-up", paramLabel = "<s>", defaultValue = "25",
			description = "Time that each variant runs before the measurement, so that its code is compiled.")
	private int warmUp;

	@Override
	public Integer call() {
		Report report = newReport();
		Results results = suite().run(commandLine().getErr());
		report.note("Each variant is a process of its own (JDK " + Runtime.version() + ", "
				+ String.join(" ", CallerProcess.JVM) + "), and so is each of 3 instances. The loop is closed, so "
				+ "latencies are what callers saw. Medians of the rounds, with the least and the most; ratios are "
				+ "taken round by round. CPU and bytes are the caller's, a call.");
		new CallTables(results).report(report);
		report.targets(CallTargets.of(results));
		return report.finish();
	}

	private CallSuite suite() {
		return isQuick() ? new CallSuite(this.variants, this.callers, 1, QUICK, QUICK, QUICK)
				: new CallSuite(this.variants, this.callers, this.rounds, Duration.ofSeconds(this.warmUp), BEFORE,
						Duration.ofSeconds(this.seconds));
	}

}
