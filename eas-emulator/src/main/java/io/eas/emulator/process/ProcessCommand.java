package io.eas.emulator.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.eas.emulator.net.Loopback;
import org.jspecify.annotations.Nullable;

/**
 * How to start a process and when it is ready.
 *
 * @param arguments the program with its arguments; <code>${PORT}</code> in any of them is
 * replaced by the port
 * @param environment variables beside those of this JVM; {@code PORT} and
 * {@code SERVER_PORT} are added, and {@code SERVER_ADDRESS}, the loopback address, unless
 * it is among them: a Spring Boot model then can't be reached past the instance's front,
 * which {@code EAS_SERVER_ALLOW_LOOPBACK} allows it
 * @param readyPath ready once a GET of this path answers 2xx or 3xx; {@code null}: once
 * the port accepts connections
 * @param startTimeout how long it may take until it is ready
 * @param output takes each line of output, from a thread of its own; {@code null}: the
 * logger {@code io.eas.emulator.instance.<name>} does, at INFO
 */
public record ProcessCommand(List<String> arguments, Map<String, String> environment, @Nullable String readyPath,
		Duration startTimeout, @Nullable Consumer<String> output) {

	private static final String PORT = "${PORT}";

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
		require(readyPath == null || readyPath.startsWith("/"), "readyPath must begin with /, was " + readyPath);
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

	ProcessBuilder builder(int port) {
		List<String> resolved = this.arguments.stream()
			.map((argument) -> argument.replace(PORT, String.valueOf(port)))
			.toList();
		ProcessBuilder builder = new ProcessBuilder(resolved).redirectErrorStream(true);
		builder.environment().put("SERVER_ADDRESS", Loopback.HOST);
		// a Spring Boot model that holds itself to what EAS needs would refuse that
		// address
		builder.environment().put("EAS_SERVER_ALLOW_LOOPBACK", "true");
		builder.environment().putAll(this.environment);
		builder.environment().put("PORT", String.valueOf(port));
		builder.environment().put("SERVER_PORT", String.valueOf(port));
		return builder;
	}

	@Override
	public String toString() {
		return '"' + String.join(" ", this.arguments) + '"';
	}

}
