package io.eas.deployment.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import io.eas.deployment.DescriptorReader;
import io.eas.deployment.DescriptorWriter;
import io.eas.deployment.Finding;
import io.eas.deployment.Severity;
import io.eas.deployment.generation.DescriptorGenerator;
import io.eas.deployment.generation.Generated;
import io.eas.deployment.generation.GenerationRequest;
import io.eas.deployment.validation.DescriptorValidator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Makes a descriptor for a Spring Boot application.
 */
@Command(name = "generate", sortOptions = false, showDefaultValues = true,
		description = "Makes a service.json for a Spring Boot application from the application's own settings. "
				+ "The application isn't run.",
		exitCodeListHeading = "Exit codes:%n", exitCodeList = { "0:made, though there may be warnings",
				"1:the application can't be run on EAS as it is", "2:the application can't be read, or wrong usage" })
final class GenerateCommand implements Callable<Integer> {

	@Spec
	private @Nullable CommandSpec spec;

	@Option(names = { "-h", "--help" }, usageHelp = true, description = "Shows this.")
	@SuppressWarnings("UnusedVariable") // picocli acts on it
	private boolean help;

	@Option(names = "--app", paramLabel = "<path>", required = true,
			showDefaultValue = CommandLine.Help.Visibility.NEVER,
			description = "The application's jar, or a directory with its application.yml.")
	private Path app = Path.of("");

	@Option(names = "--image", paramLabel = "<address>", description = "The image that holds it, such as "
			+ "registry-vpc.cn-hangzhou.aliyuncs.com/<namespace>/<name>:<tag>.")
	private @Nullable String image;

	@Option(names = "--name", paramLabel = "<name>",
			description = "The service's name; otherwise spring.application.name, with _ for what EAS doesn't take.")
	private @Nullable String name;

	@Option(names = "--instances", paramLabel = "<n>", defaultValue = "1", description = "How many.")
	private int instances;

	@Option(names = "--instance-type", paramLabel = "<type>", description = "Such as ecs.c7a.large.")
	private @Nullable String instanceType;

	@Option(names = "--command", paramLabel = "<command>",
			description = "What starts the application in the image; otherwise java -jar with the jar's name.")
	private @Nullable String command;

	@Option(names = "--env", paramLabel = "<name>=<value>", showDefaultValue = CommandLine.Help.Visibility.NEVER,
			description = "An environment variable of the container. The settings are read with it.")
	private Map<String, String> env = new LinkedHashMap<>();

	@Option(names = "--profile", paramLabel = "<profile>", split = ",",
			showDefaultValue = CommandLine.Help.Visibility.NEVER,
			description = "A profile of Spring to read the settings with; written to SPRING_PROFILES_ACTIVE.")
	private List<String> profiles = List.of();

	@Option(names = "--start-time", paramLabel = "<duration>", defaultValue = "60s",
			description = "The longest that a start takes.")
	private Duration startTime = Duration.ofSeconds(60);

	@Option(names = { "-o", "--output" }, paramLabel = "<file>",
			description = "Where to write it; otherwise to the standard output.")
	private @Nullable Path output;

	@Option(names = "--force", showDefaultValue = CommandLine.Help.Visibility.NEVER,
			description = "Replaces the file if there is one.")
	private boolean force;

	@Override
	public Integer call() {
		GenerationRequest request = request();
		Path target = this.output;
		require(this.force || target == null || !Files.exists(target),
				target + " is there already: --force replaces it");
		Generated generated = generate(request);
		String json = DescriptorWriter.write(generated.descriptor());
		if (!report(generated, json)) {
			return CommandLine.ExitCode.SOFTWARE;
		}
		write(json, target);
		return CommandLine.ExitCode.OK;
	}

	private GenerationRequest request() {
		String address = this.image;
		if (address == null || address.isBlank()) {
			throw new ParameterException(commandLine(), "--image is missing: the address that EAS gets the image from, "
					+ "such as registry-vpc.cn-hangzhou.aliyuncs.com/<namespace>/<name>:<tag>");
		}
		require(this.command != null || !Files.isDirectory(this.app),
				"--command is missing: what starts the application in the image, as --app is not a jar");
		try {
			return new GenerationRequest(this.app, address, this.name, this.instances, this.instanceType, this.command,
					this.env, this.profiles, this.startTime);
		}
		catch (IllegalArgumentException ex) {
			throw new ParameterException(commandLine(), ex.getMessage(), ex);
		}
	}

	private Generated generate(GenerationRequest request) {
		try {
			return DescriptorGenerator.generate(request);
		}
		catch (IOException ex) {
			throw new FileAccessException(this.app.toString(), ex);
		}
	}

	/** Says what it is worth. */
	private boolean report(Generated generated, String json) {
		List<Finding> findings = DescriptorValidator.validate(DescriptorReader.parse(json), this.startTime);
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
