package io.eas.deployment.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.Severity;
import io.eas.deployment.generation.DescriptorGenerator;
import io.eas.deployment.generation.GenerationRequest;
import io.eas.deployment.generation.GenerationResult;
import io.eas.deployment.reader.DescriptorReader;
import io.eas.deployment.validation.DescriptorValidator;
import io.eas.deployment.writer.DescriptorWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command that generates a descriptor for a Spring Boot application.
 */
@Command(name = "generate", sortOptions = false, showDefaultValues = true,
		description = "Makes a service.json for a Spring Boot application from the application's own settings. "
				+ "The application isn't run.",
		exitCodeListHeading = "Exit codes:%n", exitCodeList = { "0:made, though there may be warnings",
				"1:the application can't be run on EAS as it is", "2:the application can't be read, or wrong usage" })
final class GenerateCommand implements Callable<Integer> {

	@Spec
	private @Nullable CommandSpec spec;

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Shows this help.")
	@SuppressWarnings("UnusedVariable") // used by picocli
	private boolean help;

	@Mixin
	private ApplicationOptions application = new ApplicationOptions();

	@Option(names = { "-o", "--output" }, paramLabel = "<file>",
			description = "The file to write; standard output unless given.")
	private @Nullable Path output;

	@Option(names = "--force", showDefaultValue = CommandLine.Help.Visibility.NEVER,
			description = "Replaces the file if there is one.")
	private boolean force;

	@Override
	public Integer call() {
		GenerationRequest request = this.application.request(commandLine());
		Path target = this.output;
		require(this.force || target == null || !Files.exists(target),
				target + " is there already: --force replaces it");
		GenerationResult generated = generate(request);
		String json = DescriptorWriter.write(generated.descriptor());
		if (!report(generated, json, request.startTime())) {
			return CommandLine.ExitCode.SOFTWARE;
		}
		write(json, target);
		return CommandLine.ExitCode.OK;
	}

	private GenerationResult generate(GenerationRequest request) {
		try {
			return DescriptorGenerator.generate(request);
		}
		catch (IOException ex) {
			throw new FileAccessException(request.application().toString(), ex);
		}
	}

	/**
	 * Prints the warnings and the findings about the generated descriptor. Returns
	 * whether there is no error, so that the descriptor may be written.
	 */
	private boolean report(GenerationResult generated, String json, Duration startTime) {
		List<Finding> findings = DescriptorValidator.validate(DescriptorReader.parse(json), startTime);
		String file = (this.output != null) ? this.output.toString() : "service.json";
		PrintWriter err = commandLine().getErr();
		generated.warnings().forEach((warning) -> err.println("eas-deployment: warning: " + warning + "."));
		findings.forEach((finding) -> err.println(finding.describe(file)));
		err.flush();
		return findings.stream().noneMatch((finding) -> finding.severity() == Severity.ERROR);
	}

	private void write(String json, @Nullable Path target) {
		try {
			if (target != null) {
				Files.writeString(target, json);
				return;
			}
		}
		catch (IOException ex) {
			throw FileAccessException.written(String.valueOf(target), ex);
		}
		PrintWriter out = commandLine().getOut();
		out.print(json);
		out.flush();
	}

	private void require(boolean condition, String message) {
		if (!condition) {
			throw new ParameterException(commandLine(), message);
		}
	}

	private CommandLine commandLine() {
		if (this.spec == null) {
			throw new IllegalStateException("picocli injects it");
		}
		return this.spec.commandLine();
	}

}
