package io.eas.emulator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.Severity;
import io.eas.deployment.model.ServiceDescriptor;
import io.eas.deployment.reader.DescriptorReader;
import io.eas.deployment.reader.ParseResult;
import io.eas.deployment.validation.DescriptorValidator;
import io.eas.emulator.DeploymentBuilder;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatorBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/**
 * Runs a {@code service.json} until it is interrupted.
 */
@Command(name = "run", sortOptions = false, showDefaultValues = true,
		description = "Runs a service.json, health checks included, until interrupted.")
final class RunCommand implements Callable<Integer> {

	@Mixin
	private final ServiceOptions options = new ServiceOptions();

	@Parameters(arity = "0..1", paramLabel = "<service.json>", description = "The service.json to run.")
	private Path file = Path.of("service.json");

	@Option(names = "--directory", paramLabel = "<dir>",
			description = "Where the command runs, as the image's working directory in the container; "
					+ "without it where the file is.")
	private @Nullable Path directory;

	@Option(names = "--command", paramLabel = "<command>",
			description = "Runs this instead of the command or script of containers[0].")
	private @Nullable String command;

	@Option(names = "--instances", paramLabel = "<n>",
			description = "Number of instances, instead of metadata.instance.")
	private @Nullable Integer instances;

	@Option(names = { "-e", "--env" }, paramLabel = "<name=value>",
			description = "Adds a variable to containers[0].env, or replaces its value.")
	private Map<String, String> environment = Map.of();

	@Option(names = "--log", paramLabel = "<file>",
			description = "Writes the instances' output there instead of to the standard error stream.")
	private @Nullable Path log;

	@Option(names = "--json", description = "Writes each event and each state as a line of JSON.")
	private boolean json;

	@Override
	public Integer call() throws IOException, InterruptedException {
		CommandLine commandLine = this.options.commandLine();
		ServiceDescriptor descriptor = read(commandLine.getErr());
		this.options.warn();
		PrintWriter out = commandLine.getOut();
		try (Report report = this.json ? new JsonReport(out) : this.options.report(null);
				InstanceOutput output = InstanceOutput.to(this.log, report.errors(commandLine.getErr()))) {
			Watch watch = new Watch(report, () -> isClosed(out));
			try (EasEmulator emulator = build(descriptor, output, watch)) {
				watch.follow(emulator.start());
			}
			commandLine.getErr().println("eas-emulator: ends, since its report can't be written any more");
			return CommandLine.ExitCode.SOFTWARE;
		}
	}

	/**
	 * Returns whether the reader of the output has closed it. The writer can't detect
	 * this, because the underlying stream swallows errors.
	 */
	private static boolean isClosed(PrintWriter out) {
		return out.checkError() || System.out.checkError();
	}

	private ServiceDescriptor read(PrintWriter err) throws IOException {
		ParseResult reading = DescriptorReader.parse(text());
		List<Finding> findings = DescriptorValidator.validate(reading);
		findings.forEach((finding) -> err.println(finding.describe(this.file.toString())));
		err.flush();
		List<Finding> unreadable = reading.findings()
			.stream()
			.filter((finding) -> finding.severity() == Severity.ERROR)
			.toList();
		if (!unreadable.isEmpty()) {
			throw new IllegalArgumentException(
					this.file + " can't be run: mend the " + unreadable.size() + " error(s) listed above first");
		}
		return reading.descriptor();
	}

	private String text() throws IOException {
		try {
			return Files.readString(this.file);
		}
		catch (NoSuchFileException ex) {
			throw new ParameterException(this.options.commandLine(), "there is no file " + this.file, ex);
		}
		catch (CharacterCodingException ex) {
			throw new IllegalArgumentException(this.file + " is not UTF-8", ex);
		}
		catch (IOException ex) {
			throw new IllegalArgumentException(this.file + " can't be read: " + ex.getMessage(), ex);
		}
	}

	private EasEmulator build(ServiceDescriptor descriptor, InstanceOutput output, Watch watch) {
		String token = this.options.token();
		this.options.require(this.instances == null || this.instances >= 0,
				"--instances must be 0 or more, was " + this.instances);
		EmulatorBuilder builder = this.options.builder();
		try {
			builder.deploy(descriptor,
					(deployment) -> describe(deployment.token(token).output(output::accept).events(watch::accept)));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(this.file + ": " + ex.getMessage(), ex);
		}
		return this.options.build(builder);
	}

	private void describe(DeploymentBuilder deployment) {
		deployment.waitUntilReady(false).environment(this.environment).directory(directory());
		if (this.command != null) {
			deployment.command(this.command);
		}
		if (this.instances != null) {
			deployment.instances(this.instances);
		}
	}

	private Path directory() {
		return (this.directory != null) ? this.directory : this.file.toAbsolutePath().resolveSibling("").normalize();
	}

}
