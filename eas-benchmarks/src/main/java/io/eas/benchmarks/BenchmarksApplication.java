package io.eas.benchmarks;

import io.eas.benchmarks.bodies.BodiesCommand;
import io.eas.benchmarks.calls.CallsCommand;
import io.eas.benchmarks.faults.FaultsCommand;
import io.eas.benchmarks.faults.NetworkCommand;
import io.eas.benchmarks.llm.LlmCommand;
import io.eas.benchmarks.picks.PicksCommand;
import io.eas.benchmarks.plot.PlotCommand;
import io.eas.benchmarks.scale.ScaleCommand;
import io.eas.benchmarks.soak.SoakCommand;
import io.eas.benchmarks.start.StartCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command-line program. It prints tables in Markdown. The exit code is 1 if a target
 * was missed, and 2 for wrong usage.
 */
@Command(name = "eas-benchmarks",
		subcommands = { PicksCommand.class, FaultsCommand.class, NetworkCommand.class, CallsCommand.class,
				SoakCommand.class, BodiesCommand.class, ScaleCommand.class, StartCommand.class, LlmCommand.class,
				PlotCommand.class },
		description = "Measures the client and its peers in the same run.")
public final class BenchmarksApplication {

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Shows this help.")
	@SuppressWarnings("UnusedVariable") // used by picocli
	private boolean help;

	BenchmarksApplication() {
	}

	/**
	 * Runs the program and exits.
	 * @param args the command line
	 */
	public static void main(String[] args) {
		System.exit(commandLine().execute(args));
	}

	static CommandLine commandLine() {
		return new CommandLine(new BenchmarksApplication()).setCaseInsensitiveEnumValuesAllowed(true);
	}

}
