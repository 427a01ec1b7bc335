package io.eas.benchmarks.report;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The common base of commands that measure something.
 */
public abstract class ReportingCommand implements Callable<Integer> {

	@Spec
	private @Nullable CommandSpec spec;

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Shows this help.")
	@SuppressWarnings("UnusedVariable") // used by picocli
	private boolean help;

	@Option(names = { "-q", "--quick" },
			description = "A short form, which checks only the targets for counts, not those for times.")
	private boolean quick;

	@Option(names = "--results", paramLabel = "<file>",
			description = "Writes what can be plotted there, as JSON: see the command plot.")
	private @Nullable Path results;

	/**
	 * Returns whether the short form was requested.
	 * @return {@code false} by default
	 */
	protected final boolean isQuick() {
		return this.quick;
	}

	/**
	 * Creates the report for the results.
	 * @return an empty report, which judges times unless the short form was requested
	 */
	protected final Report newReport() {
		return new Report(commandLine().getOut(), !this.quick, this.results);
	}

	/**
	 * Returns the command line of this command.
	 * @return never {@code null} once picocli has created the command
	 */
	protected final CommandLine commandLine() {
		if (this.spec == null) {
			throw new IllegalStateException("picocli injects it");
		}
		return this.spec.commandLine();
	}

}
