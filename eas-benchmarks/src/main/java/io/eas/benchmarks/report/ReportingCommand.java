package io.eas.benchmarks.report;

import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A command that measures something: what all of them have.
 */
public abstract class ReportingCommand implements Callable<Integer> {

	@Spec
	private @Nullable CommandSpec spec;

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Shows this.")
	@SuppressWarnings("UnusedVariable") // picocli acts on it
	private boolean help;

	@Option(names = { "-q", "--quick" }, description = "A short form, in which counts are judged and no time is.")
	private boolean quick;

	/**
	 * Whether the short form is wanted.
	 * @return false unless asked for
	 */
	protected final boolean isQuick() {
		return this.quick;
	}

	/**
	 * Where results go.
	 * @return an empty report, that judges times unless the short form is wanted
	 */
	protected final Report newReport() {
		return new Report(commandLine().getOut(), !this.quick);
	}

	/**
	 * The command line that this command stands on.
	 * @return never null once picocli has made the command
	 */
	protected final CommandLine commandLine() {
		if (this.spec == null) {
			throw new IllegalStateException("picocli injects it");
		}
		return this.spec.commandLine();
	}

}
