package io.eas.emulator.process;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.eas.emulator.net.Loopback;
import org.jspecify.annotations.Nullable;

/**
 * Describes how to start a process and when it is ready.
 *
 * @param arguments the program with its arguments; <code>${PORT}</code> in any of them is
 * replaced by the port; the JDK of this JVM is appended to the {@code PATH}
 * @param environment environment variables in addition to those of this JVM. {@code PORT}
 * and {@code SERVER_PORT} are added. {@code SERVER_ADDRESS} is set to the loopback
 * address unless it is given, so that a Spring Boot model can be reached through the
 * instance's frontend only; {@code EAS_SERVER_ALLOW_LOOPBACK} tells the model that this
 * is intended
 * @param directory the working directory; {@code null} for that of this JVM
 * @param readyPath a path in ASCII, with all other characters percent-encoded; the
 * process is ready once a GET of this path is answered with 2xx or 3xx. {@code null} if
 * the process is ready once its port accepts connections
 * @param startTimeout how long the process may take until it is ready
 * @param output receives each line of output, on a thread of its own; {@code null} to log
 * the lines at INFO by the logger {@code io.eas.emulator.instance.<name>}
 */
public record ProcessCommand(List<String> arguments, Map<String, String> environment, @Nullable Path directory,
		@Nullable String readyPath, Duration startTimeout, @Nullable Consumer<String> output) {

	private static final String PORT = "${PORT}";

	/**
	 * The directory of the program {@code java}, so that it is found even if a JDK is
	 * named by {@code JAVA_HOME} only.
	 */
	private static final String JAVA = Path.of(System.getProperty("java.home"), "bin").toString();

	/** The longest timeout; longer ones can't be expressed in nanoseconds. */
	private static final Duration LONGEST = Duration.ofDays(36_500);

	/**
	 * Variables for a model on this machine: the address to listen on, and the permission
	 * to do so. Without the permission, this project's server guard refuses the loopback
	 * address, on which EAS could not reach a container.
	 */
	private static final Map<String, String> ON_THIS_MACHINE = Map.of("SERVER_ADDRESS", Loopback.HOST,
			"EAS_SERVER_ALLOW_LOOPBACK", "true");

	/**
	 * Checks the values and copies the collections.
	 * @throws IllegalArgumentException if a value can't be used
	 */
	public ProcessCommand {
		arguments = List.copyOf(arguments);
		environment = Map.copyOf(environment);
		require(!arguments.isEmpty(), "command must name a program");
		require(!startTimeout.isNegative() && !startTimeout.isZero(),
				"startTimeout must be more than 0, was " + startTimeout);
		startTimeout = (startTimeout.compareTo(LONGEST) < 0) ? startTimeout : LONGEST;
		require(readyPath == null || readyPath.startsWith("/"), "readyPath must begin with /, was " + readyPath);
		require(readyPath == null || readyPath.chars().allMatch((next) -> next > ' ' && next <= '~'),
				"readyPath must be printable ASCII, with all other characters percent-encoded, was " + readyPath);
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

	/**
	 * Returns a copy with another consumer of the output.
	 * @param output receives each line; {@code null} to log the lines
	 * @return a copy
	 */
	public ProcessCommand withOutput(@Nullable Consumer<String> output) {
		return new ProcessCommand(this.arguments, this.environment, this.directory, this.readyPath, this.startTimeout,
				output);
	}

	/**
	 * Returns a copy in which arguments and environment name other ports.
	 * @param ports replaces the ports
	 * @return a copy
	 */
	public ProcessCommand withPorts(PortRewriter ports) {
		Map<String, String> variables = new LinkedHashMap<>();
		this.environment.forEach((name, value) -> variables.put(name, ports.variable(name, value)));
		return new ProcessCommand(this.arguments.stream().map(ports::command).toList(), variables, this.directory,
				this.readyPath, this.startTimeout, this.output);
	}

	ProcessBuilder builder(int port) {
		List<String> resolved = this.arguments.stream().map((argument) -> resolve(argument, port)).toList();
		ProcessBuilder builder = new ProcessBuilder().redirectErrorStream(true);
		if (this.directory != null) {
			builder.directory(this.directory.toFile());
		}
		builder.environment().merge("PATH", JAVA, (path, java) -> path + File.pathSeparator + java);
		builder.environment().putAll(environment(port));
		return builder.command(OwnSession.of(resolved, builder));
	}

	/**
	 * Replaces <code>${PORT}</code> in a text by the port.
	 * @param text a text that may contain <code>${PORT}</code>
	 * @param port a TCP port
	 * @return the text with the port
	 */
	public static String resolve(String text, int port) {
		return text.replace(PORT, String.valueOf(port));
	}

	/**
	 * Returns the environment variables of the process, in addition to those of this JVM.
	 * @param port the port to listen on
	 * @return names with values
	 */
	public Map<String, String> environment(int port) {
		Map<String, String> all = new LinkedHashMap<>(ON_THIS_MACHINE);
		all.putAll(this.environment);
		all.put("PORT", String.valueOf(port));
		all.put("SERVER_PORT", String.valueOf(port));
		return all;
	}

	/**
	 * Returns a text for messages and logs, without possible secrets.
	 */
	@Override
	public String toString() {
		return '"' + CommandWords.of(this.arguments) + '"';
	}

}
