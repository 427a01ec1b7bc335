package io.eas.benchmarks.llm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.eas.benchmarks.report.Report;
import io.eas.benchmarks.report.ReportingCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The wait for the first token, by load-balancing algorithm, in a simulation.
 */
@Command(name = "llm", sortOptions = false,
		description = "How long callers of a language model wait for the first token, by load-balancing algorithm, in a"
				+ " simulation of the engines.")
public final class LlmCommand extends ReportingCommand {

	private static final int QUICK_REQUESTS = 400;

	/** As in the first quarter of an hour of the trace of conversations. */
	private static final double REQUESTS_PER_SECOND = 3.3;

	@Option(names = "--trace", paramLabel = "<file>",
			description = "A trace in the form of Mooncake's: JSON objects with timestamp, input_length, output_length"
					+ " and hash_ids, one per line. Without it, a trace is made up, and nothing is judged.")
	private @Nullable Path trace;

	@Option(names = "--requests", paramLabel = "<number>", defaultValue = "3000",
			description = "Requests from the beginning of the trace (${DEFAULT-VALUE}).")
	private int requests;

	@Option(names = "--instances", paramLabel = "<number>", defaultValue = "8",
			description = "Instances (${DEFAULT-VALUE}).")
	private int instances;

	@Option(names = "--seeds", paramLabel = "<number>", defaultValue = "5",
			description = "Runs of each case, of which the medians are shown (${DEFAULT-VALUE}).")
	private int seeds;

	@Override
	public Integer call() throws IOException {
		Report report = newReport();
		int count = isQuick() ? Math.min(this.requests, QUICK_REQUESTS) : this.requests;
		Trace read = (this.trace != null) ? Trace.read(this.trace, count) : Trace.synthetic(count, REQUESTS_PER_SECOND);
		Runs runs = new Runs(this.instances, isQuick() ? 1 : this.seeds);
		LlmSuite suite = new LlmSuite(read, runs);
		SystemPromptSuite systems = new SystemPromptSuite(count, runs);
		report.note("Simulated: " + read.requests().size() + " requests"
				+ ((this.trace != null) ? " of the trace" : ", made up") + ", " + this.instances
				+ " instances, medians of " + (isQuick() ? 1 : this.seeds) + " run(s), seconds to the first token.");
		suite.compare(report, isQuick() ? List.of(Scenario.of("1 client", 1, 800)) : LlmSuite.COMPARED);
		if (!isQuick()) {
			suite.vary(report);
			systems.show(report);
		}
		if (this.trace != null && !isQuick()) {
			report.targets(suite.targets());
			report.targets(systems.targets());
		}
		return report.finish();
	}

}
