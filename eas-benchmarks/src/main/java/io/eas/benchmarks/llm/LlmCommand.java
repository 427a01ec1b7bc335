package io.eas.benchmarks.llm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.eas.benchmarks.report.Report;
import io.eas.benchmarks.report.ReportingCommand;
import io.eas.client.EasException;
import io.eas.service.LoadBalancerSettings.Algorithm;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * The command that measures the time to first token by load-balancing algorithm, in a
 * simulation or with a service.
 */
@Command(name = "llm", sortOptions = false,
		description = "How long callers of a language model wait for the first token, by load-balancing algorithm, in a"
				+ " simulation of the engines.")
public final class LlmCommand extends ReportingCommand {

	private static final int QUICK_REQUESTS = 400;

	private static final int SOCKET_REQUESTS = 500;

	private static final int QUICK_SOCKET_REQUESTS = 20;

	/** The default factor by which time is shortened in runs over sockets. */
	private static final double SHORTENED = 5;

	/** The request rate in the first 15 minutes of Mooncake's trace of conversations. */
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

	@Option(names = "--sockets",
			description = "Sends the first 500 requests to the language model of a local EAS, in shortened time, and"
					+ " compares the waits with those of the simulation.")
	private boolean sockets;

	@ArgGroup(exclusive = false)
	private @Nullable ServiceOptions service;

	@Option(names = "--algorithm", paramLabel = "<name>", split = ",",
			description = "With --sockets and --endpoint: ${COMPLETION-CANDIDATES} (PREFIX_AWARE,LEAST_REQUEST).")
	private @Nullable List<Algorithm> algorithms;

	@Option(names = "--faster", paramLabel = "<factor>",
			description = "With --sockets and --endpoint: factor by which requests come faster than in the trace (5 with"
					+ " --sockets, otherwise 1). With --sockets the engines are faster, too, and waits are shown multiplied by it.")
	private @Nullable Double faster;

	@Override
	public Integer call() throws IOException {
		check();
		Report report = newReport();
		int count = isQuick() ? Math.min(this.requests, QUICK_REQUESTS) : this.requests;
		Trace read = (this.trace != null) ? Trace.read(this.trace, count) : Trace.synthetic(count, REQUESTS_PER_SECOND);
		if (this.service != null) {
			report.note("Measured: " + read.requests().size() + " requests, " + speed(1)
					+ " times as fast as in the trace, seconds to the first token.");
			return compare(report, read, this.service);
		}
		if (this.sockets) {
			return overSockets(report, read);
		}
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

	private void check() {
		require(!this.sockets || this.service == null, "--sockets has a service of its own: leave out --endpoint");
		require(this.sockets || this.service != null || (this.algorithms == null && this.faster == null),
				"--algorithm and --faster need --sockets or --endpoint");
		require(this.faster == null || (this.faster > 0 && this.faster < Double.POSITIVE_INFINITY),
				"--faster must be a number above 0, was " + this.faster);
	}

	private void require(boolean condition, String message) {
		if (!condition) {
			throw new ParameterException(commandLine(), message);
		}
	}

	private List<Algorithm> algorithms() {
		return (this.algorithms != null) ? this.algorithms : List.of(Algorithm.PREFIX_AWARE, Algorithm.LEAST_REQUEST);
	}

	private int compare(Report report, Trace read, ServiceOptions options) {
		try {
			boolean answered = new ServiceSuite(read, speed(1), 1).compare(report, options, algorithms());
			return answered ? report.finish() : 1;
		}
		catch (EasException ex) {
			commandLine().getErr().println(options + " does not answer: " + ex.getMessage());
			return 1;
		}
	}

	private int overSockets(Report report, Trace read) {
		int count = Math.min(read.requests().size(), isQuick() ? QUICK_SOCKET_REQUESTS : SOCKET_REQUESTS);
		Trace trace = new Trace(read.requests().subList(0, count));
		report.note("Over sockets: " + count + " requests, time shortened " + speed(SHORTENED) + " times, "
				+ this.instances + " instances, medians of " + (isQuick() ? 1 : this.seeds)
				+ " run(s), seconds to the first token.");
		report.targets(new ServiceSuite(trace, speed(SHORTENED), isQuick() ? 1 : this.seeds).simulated(report,
				this.instances, algorithms()));
		return report.finish();
	}

	private double speed(double otherwise) {
		return (this.faster != null) ? this.faster : otherwise;
	}

}
