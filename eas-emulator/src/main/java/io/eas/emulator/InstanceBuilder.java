package io.eas.emulator;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.eas.emulator.process.ProcessCommand;
import org.jspecify.annotations.Nullable;

/**
 * Configures an instance: a handler in this JVM or a process. By default the instance
 * echoes requests. Not thread-safe.
 */
public final class InstanceBuilder {

	private int weight = 100;

	private EmulatedHandler handler = EmulatedHandler.echo();

	private List<String> command = List.of();

	private final Map<String, String> environment = new LinkedHashMap<>();

	private @Nullable String readyPath;

	private Duration startTimeout = Duration.ofSeconds(60);

	private @Nullable Consumer<String> output;

	InstanceBuilder() {
	}

	/**
	 * Sets the weight.
	 * @param weight 0 or more; 100 unless set
	 * @return this
	 */
	public InstanceBuilder weight(int weight) {
		this.weight = weight;
		return this;
	}

	/**
	 * Answers requests by a handler in this JVM.
	 * @param handler the handler, called on an event loop
	 * @return this
	 */
	public InstanceBuilder handler(EmulatedHandler handler) {
		this.handler = handler;
		return this;
	}

	/**
	 * Answers requests by a process, which finds its port in the environment variables
	 * {@code PORT} and {@code SERVER_PORT}. {@code SERVER_ADDRESS} is 127.0.0.1 unless
	 * {@link #environment(Map)} sets it, so that a Spring Boot application listens on
	 * loopback only.
	 * @param command the program and its arguments, in which <code>${PORT}</code> is
	 * replaced by the port; takes precedence over a handler
	 * @return this
	 */
	public InstanceBuilder command(String... command) {
		return command(List.of(command));
	}

	/**
	 * Answers requests by a process, as {@link #command(String...)} does.
	 * @param command the program with its arguments
	 * @return this
	 */
	public InstanceBuilder command(List<String> command) {
		this.command = List.copyOf(command);
		return this;
	}

	/**
	 * Adds environment variables of the process.
	 * @param environment names with values
	 * @return this
	 */
	public InstanceBuilder environment(Map<String, String> environment) {
		this.environment.putAll(environment);
		return this;
	}

	/**
	 * Sets a path to wait for. Without one, the instance is ready once its port accepts
	 * connections.
	 * @param readyPath the path; the instance is ready once a GET is answered with 2xx or
	 * 3xx
	 * @return this
	 */
	public InstanceBuilder readyPath(String readyPath) {
		this.readyPath = readyPath;
		return this;
	}

	/**
	 * Limits the time from the start of the process until it is ready.
	 * @param startTimeout more than 0; 60 s unless set
	 * @return this
	 */
	public InstanceBuilder startTimeout(Duration startTimeout) {
		this.startTimeout = startTimeout;
		return this;
	}

	/**
	 * Sends the process's output to a consumer instead of the logger
	 * {@code io.eas.emulator.instance.<name>}.
	 * @param output receives each line, on a thread of its own
	 * @return this
	 */
	public InstanceBuilder output(Consumer<String> output) {
		this.output = output;
		return this;
	}

	InstanceSpec spec() {
		if (this.command.isEmpty()) {
			EmulatedHandler answering = this.handler;
			return new InstanceSpec(this.weight,
					(factory, name) -> factory.inProcess(name, new HandlerBackend(answering)), null);
		}
		ProcessCommand process = new ProcessCommand(this.command, this.environment, null, this.readyPath,
				this.startTimeout, this.output);
		return new InstanceSpec(this.weight, (factory, name) -> factory.process(name, process), null);
	}

}
