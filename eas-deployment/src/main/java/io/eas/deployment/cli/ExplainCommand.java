package io.eas.deployment.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;

import io.eas.deployment.explanation.Explanation;
import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.Severity;
import io.eas.deployment.reader.DescriptorReader;
import io.eas.deployment.reader.InvalidDescriptorException;
import io.eas.deployment.reader.ParseResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command that explains the health checks of a descriptor.
 */
@Command(name = "explain", description = "Says what the health checks of a service.json do, and when.",
		exitCodeListHeading = "Exit codes:%n", exitCodeList = { "0:explained", "1:there is an error in the structure",
				"2:the file can't be read or isn't JSON, or wrong usage" })
final class ExplainCommand implements Callable<Integer> {

	@Spec
	private @Nullable CommandSpec spec;

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Shows this help.")
	@SuppressWarnings("UnusedVariable") // used by picocli
	private boolean help;

	@Parameters(paramLabel = "<file>", description = "A service.json; - is the standard input.")
	private String file = "";

	@Override
	public Integer call() {
		DescriptorFile descriptor = new DescriptorFile(this.file);
		try {
			return explain(descriptor.displayName(), DescriptorReader.parse(descriptor.content()));
		}
		catch (InvalidDescriptorException ex) {
			refuse(descriptor.displayName(), ex.findings());
			return CommandLine.ExitCode.USAGE;
		}
	}

	private int explain(String name, ParseResult reading) {
		List<Finding> errors = reading.findings()
			.stream()
			.filter((finding) -> finding.severity() == Severity.ERROR)
			.toList();
		if (!errors.isEmpty()) {
			refuse(name, errors);
			return CommandLine.ExitCode.SOFTWARE;
		}
		PrintWriter out = commandLine().getOut();
		out.print(Explanation.of(reading.descriptor()));
		out.flush();
		return CommandLine.ExitCode.OK;
	}

	private void refuse(String name, List<Finding> errors) {
		PrintWriter err = commandLine().getErr();
		errors.forEach((finding) -> err.println(finding.describe(name)));
		err.flush();
	}

	private CommandLine commandLine() {
		if (this.spec == null) {
			throw new IllegalStateException("picocli injects it");
		}
		return this.spec.commandLine();
	}

}
