package io.eas.emulator;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import io.eas.emulator.instance.Backend;
import io.eas.emulator.llm.EngineSettings;
import io.eas.emulator.llm.LlmBackend;
import io.eas.emulator.net.Assert;
import io.eas.emulator.process.ProcessCommand;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * Configures an instance: a handler or a language model in this JVM, or a process. By
 * default the instance echoes requests. Not thread-safe.
 */
public final class InstanceBuilder {

	private int weight = 100;

	/** Creates the backend of an instance whose model runs in this JVM. */
	private Function<Scheduler, Backend> backend = (scheduler) -> new HandlerBackend(EmulatedHandler.echo());

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
	 * Answers requests with a handler in this JVM.
	 * @param handler the handler, called on an event loop
	 * @return this
	 */
	public InstanceBuilder handler(EmulatedHandler handler) {
		this.backend = (scheduler) -> new HandlerBackend(handler);
		return this;
	}

	/**
	 * Emulates a language model in this JVM, like {@link #llm(String, Consumer)}, with
	 * the default settings of the engine.
	 * @param model the name of the model
	 * @return this
	 */
	public InstanceBuilder llm(String model) {
		return llm(model, (engine) -> {
		});
	}

	/**
	 * Emulates a language model in this JVM, without a real model. The answers consist of
	 * random words, which are the same for the same prompt. The protocol is that of
	 * OpenAI ({@code /v1/chat/completions}, {@code /v1/completions},
	 * {@code /v1/embeddings}, {@code /v1/models}). An
	 * {@link io.eas.emulator.llm.InferenceEngine} determines the speed of the answers.
	 * @param model the name of the model, which requests must contain
	 * @param engine configures the speed and the capacity of the engine
	 * @return this
	 * @throws IllegalArgumentException if the name is blank or the settings of the engine
	 * are invalid
	 */
	public InstanceBuilder llm(String model, Consumer<EngineSettings.Builder> engine) {
		Assert.isTrue(!model.isBlank(), "a language model needs a name");
		EngineSettings.Builder builder = EngineSettings.builder();
		engine.accept(builder);
		EngineSettings settings = builder.build();
		this.backend = (scheduler) -> new LlmBackend(model, settings, scheduler);
		return this;
	}

	/**
	 * Answers requests with a process, which finds its port in the environment variables
	 * {@code PORT} and {@code SERVER_PORT}. {@code SERVER_ADDRESS} is 127.0.0.1 unless
	 * {@link #environment(Map)} sets it, so that a Spring Boot application listens on
	 * loopback only.
	 * @param command the program and its arguments, in which <code>${PORT}</code> is
	 * replaced by the port; takes precedence over a handler and a language model
	 * @return this
	 */
	public InstanceBuilder command(String... command) {
		return command(List.of(command));
	}

	/**
	 * Answers requests with a process, as {@link #command(String...)} does.
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
	 * Sets the path that shows whether the instance is ready. Without a path, the
	 * instance is ready once its port accepts connections.
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
			Function<Scheduler, Backend> answering = this.backend;
			return new InstanceSpec(this.weight,
					(factory, name) -> factory.inProcess(name, answering.apply(factory.network().scheduler())), null);
		}
		ProcessCommand process = new ProcessCommand(this.command, this.environment, null, this.readyPath,
				this.startTimeout, this.output);
		return new InstanceSpec(this.weight, (factory, name) -> factory.process(name, process), null);
	}

}
