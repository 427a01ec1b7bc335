package io.eas.deployment.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.eas.deployment.generation.GenerationRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * The command-line options of {@code generate} that describe the application.
 */
final class ApplicationOptions {

	@Option(names = "--app", paramLabel = "<path>", required = true,
			showDefaultValue = CommandLine.Help.Visibility.NEVER,
			description = "The application's jar, or a directory with its application.yml.")
	private Path app = Path.of("");

	@Option(names = "--image", paramLabel = "<address>", description = "The image with the application, such as "
			+ "registry-vpc.cn-hangzhou.aliyuncs.com/<namespace>/<name>:<tag>.")
	private @Nullable String image;

	@Option(names = "--name", paramLabel = "<name>",
			description = "The service's name; otherwise spring.application.name, with _ for what EAS doesn't take.")
	private @Nullable String name;

	@Option(names = "--instances", paramLabel = "<n>", defaultValue = "1", description = "Number of instances.")
	private int instances;

	@Option(names = "--instance-type", paramLabel = "<type>", description = "The instance type, such as ecs.c7a.large.")
	private @Nullable String instanceType;

	@Option(names = "--command", paramLabel = "<command>",
			description = "The command that starts the application in the image; "
					+ "java -jar with the jar's name unless given.")
	private @Nullable String command;

	@Option(names = "--env", paramLabel = "<name>=<value>", showDefaultValue = CommandLine.Help.Visibility.NEVER,
			description = "An environment variable of the container. The settings are read with it.")
	private Map<String, String> env = new LinkedHashMap<>();

	@Option(names = "--profile", paramLabel = "<profile>", split = ",",
			showDefaultValue = CommandLine.Help.Visibility.NEVER,
			description = "A profile of Spring to read the settings with; written to SPRING_PROFILES_ACTIVE.")
	private List<String> profiles = List.of();

	@Option(names = "--start-time", paramLabel = "<duration>", defaultValue = "60s",
			description = "The longest time that a start takes; less than 60s counts as 60s.")
	private Duration startTime = Duration.ofSeconds(60);

	/**
	 * Creates the request from the options.
	 * @throws ParameterException if an option is missing or invalid
	 */
	GenerationRequest request(CommandLine commandLine) {
		if (this.image == null || this.image.isBlank()) {
			throw new ParameterException(commandLine, "--image is missing: the address that EAS gets the image from, "
					+ "such as registry-vpc.cn-hangzhou.aliyuncs.com/<namespace>/<name>:<tag>");
		}
		if (this.command == null && Files.isDirectory(this.app)) {
			throw new ParameterException(commandLine,
					"--command is missing: give the command that starts the application, since --app is not a jar");
		}
		try {
			return new GenerationRequest(this.app, this.image, this.name, this.instances, this.instanceType,
					this.command, this.env, this.profiles, this.startTime);
		}
		catch (IllegalArgumentException ex) {
			throw new ParameterException(commandLine, ex.getMessage(), ex);
		}
	}

}
