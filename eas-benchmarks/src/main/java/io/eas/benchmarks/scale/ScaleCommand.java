package io.eas.benchmarks.scale;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

import io.eas.benchmarks.report.Report;
import io.eas.benchmarks.report.ReportingCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command that measures large numbers of instances, services and callers.
 */
@Command(name = "scale", sortOptions = false, description = "What many instances, many services and many callers cost.")
public final class ScaleCommand extends ReportingCommand {

	@Option(names = "--parts", split = ",", paramLabel = "<part>",
			description = "The parts to run, all unless given: ${COMPLETION-CANDIDATES}.")
	private Set<Part> parts = EnumSet.allOf(Part.class);

	@Option(names = "--virtual-threads-java", paramLabel = "<home>",
			description = "The home of a Java with virtual threads, for callers that block. Without it, no caller "
					+ "blocks.")
	private @Nullable Path virtualThreadsJava;

	@Override
	public Integer call() {
		PrintWriter progress = commandLine().getErr();
		Report report = newReport();
		report.note("JDK " + Runtime.version() + ". Medians of the rounds, with the least and the most; ratios and "
				+ "differences are taken round by round.");
		if (this.parts.contains(Part.INSTANCES)) {
			(isQuick() ? new InstanceScale(1000, 1, 30, 10, 10_000) : new InstanceScale(10_000, 5, 1000, 60, 2_000_000))
				.report(report);
		}
		if (this.parts.contains(Part.SERVICES)) {
			(isQuick() ? new ServiceScale(10, 1, 1) : new ServiceScale(200, 3, 2)).report(report, progress);
		}
		if (this.parts.contains(Part.CALLERS)) {
			callers(report, progress);
		}
		return report.finish();
	}

	private void callers(Report report, PrintWriter progress) {
		JavaHome java = (this.virtualThreadsJava != null) ? new JavaHome(this.virtualThreadsJava) : null;
		String unfitness = (java != null) ? java.unfitness() : "--virtual-threads-java isn't given";
		if (java == null || unfitness != null) {
			report.note("Callers that block virtual threads are left out: " + unfitness + ".");
			return;
		}
		(isQuick() ? new CallerScale(50, 1, Duration.ofMillis(500), Duration.ofMillis(500))
				: new CallerScale(1000, 5, Duration.ofSeconds(15), Duration.ofSeconds(4)))
			.report(java, report, progress);
	}

	/**
	 * The parts of the measurement.
	 */
	enum Part {

		INSTANCES, SERVICES, CALLERS

	}

}
