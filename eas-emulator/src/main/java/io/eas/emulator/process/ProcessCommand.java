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
 * How to start a process and when it is ready.
 *
 * @param arguments the program with its arguments; <code>${PORT}</code> in any of them is
 * replaced by the port; the JDK of this JVM is at the end of the {@code PATH}
 * @param environment variables beside those of this JVM; {@code PORT} and
 * {@code SERVER_PORT} are added, and {@code SERVER_ADDRESS}, the loopback address, unless
 * it is among them: a Spring Boot model then can't be reached past the instance's front,
 * and {@code EAS_SERVER_ALLOW_LOOPBACK} says that this is meant so
 * @param directory where it is started; {@code null}: where this JVM was
 * @param readyPath in ASCII, with all else percent-encoded; ready once a GET of this path
 * answers 2xx or 3xx; {@code null}: once the port accepts connections
 * @param startTimeout how long it may take until it is ready
 * @param output takes each line of output, from a thread of its own; {@code null}: the
 * logger {@code io.eas.emulator.instance.<name>} does, at INFO
 */
public record ProcessCommand(List<String> arguments, Map<String, String> environment, @Nullable Path directory,
		@Nullable String readyPath, Duration startTimeout, @Nullable Consumer<String> output) {

	private static final String PORT = "${PORT}";

	/**
	 * The program {@code java} is found even where only {@code JAVA_HOME} names a JDK.
	 */
	private static final String JAVA = Path.of(System.getProperty("java.home"), "bin").toString();

	/** What is longer can't be counted in nanoseconds. */
	private static final Duration LONGEST = Duration.ofDays(36_500);

	/**
	 * EAS reaches a container from outside, so a guarded Spring Boot application would
	 * refuse to listen on loopback only.
	 */
	private static final Map<String, String> ON_THIS_MACHINE = Map.of("SERVER_ADDRESS", Loopback.HOST,
			"EAS_SERVER_ALLOW_LOOPBACK", "true");

	/**
	 * Checks and copies.
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
				"readyPath must be printable ASCII, with all else percent-encoded, was " + readyPath);
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

	/**
	 * A copy with another consumer of the output.
	 * @param output takes each line; {@code null}: the logger
	 * @return a copy
	 */
	public ProcessCommand withOutput(@Nullable Consumer<String> output) {
		return new ProcessCommand(this.arguments, this.environment, this.directory, this.readyPath, this.startTimeout,
				output);
	}

	/**
	 * A copy in which arguments and environment name other ports.
	 * @param ports which instead of which
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
	 * Puts the port into a text.
	 * @param text in which <code>${PORT}</code> may stand
	 * @param port a TCP port
	 * @return the text with the port
	 */
	public static String resolve(String text, int port) {
		return text.replace(PORT, String.valueOf(port));
	}

	/**
	 * What the process finds in its environment beside what this JVM has in its own.
	 * @param port the port it shall listen on
	 * @return names with values
	 */
	public Map<String, String> environment(int port) {
		Map<String, String> all = new LinkedHashMap<>(ON_THIS_MACHINE);
		all.putAll(this.environment);
		all.put("PORT", String.valueOf(port));
		all.put("SERVER_PORT", String.valueOf(port));
		return all;
	}

	/** For messages, which may be kept and sent to others. */
	@Override
	public String toString() {
		return '"' + CommandWords.of(this.arguments) + '"';
	}

}
