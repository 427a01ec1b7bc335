package io.eas.deployment.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import io.eas.deployment.finding.FindingCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command that validates descriptors.
 */
@Command(name = "validate", sortOptions = false, showDefaultValues = true,
		description = "Says what is wrong with a service.json before EAS does.", exitCodeListHeading = "Exit codes:%n",
		exitCodeList = { "0:nothing is wrong, though there may be warnings", "1:there is an error",
				"2:a file can't be read or isn't JSON, or wrong usage" })
final class ValidateCommand implements Callable<Integer> {

	@Spec
	private @Nullable CommandSpec spec;

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Shows this help.")
	@SuppressWarnings("UnusedVariable") // used by picocli
	private boolean help;

	@Option(names = "--format", paramLabel = "<format>", defaultValue = "text",
			description = "${COMPLETION-CANDIDATES}: lines for people, or an array for programs.")
	private ReportFormat format = ReportFormat.TEXT;

	@Option(names = "--start-time", paramLabel = "<duration>", defaultValue = "60s",
			description = "How long an instance needs until it answers health checks.")
	private Duration startTime = Duration.ofSeconds(60);

	@Option(names = "--strict", showDefaultValue = CommandLine.Help.Visibility.NEVER,
			description = "Warnings count as errors.")
	private boolean strict;

	@Option(names = "--ignore", paramLabel = "<code>", split = ",",
			showDefaultValue = CommandLine.Help.Visibility.NEVER,
			description = "A code that is neither reported nor counted, such as no-readiness. May be repeated.")
	private Set<FindingCode> ignored = EnumSet.noneOf(FindingCode.class);

	@Parameters(paramLabel = "<file>", arity = "1..*", showDefaultValue = CommandLine.Help.Visibility.NEVER,
			description = "A service.json; - is the standard input.")
	private List<String> files = List.of();

	@Override
	public Integer call() {
		List<FileReport> reports = this.files.stream()
			.map((file) -> FileReport.of(new DescriptorFile(file), this.startTime, this.ignored))
			.toList();
		print(reports);
		return reports.stream().mapToInt((report) -> report.exitCode(this.strict)).max().orElseThrow();
	}

	private void print(List<FileReport> reports) {
		if (this.spec == null) {
			throw new IllegalStateException("picocli injects it");
		}
		PrintWriter out = this.spec.commandLine().getOut();
		switch (this.format) {
			case TEXT -> TextReport.print(reports, out, this.spec.commandLine().getErr());
			case JSON -> {
				out.println(JsonReport.of(reports));
				out.flush();
			}
		}
	}

}
