package io.eas.emulator.cli;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatorBuilder;
import io.eas.emulator.InstanceBuilder;
import io.eas.emulator.ServiceBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/**
 * Runs one service until it is interrupted.
 */
@Command(name = "serve", sortOptions = false, showDefaultValues = true,
		description = "Runs a service until interrupted.")
final class ServeCommand implements Callable<Integer> {

	@Mixin
	private final ServiceOptions options = new ServiceOptions();

	@Option(names = "--service", paramLabel = "<name>",
			description = "The service's name; without it that of the language model, or echo.")
	private @Nullable String service;

	@Option(names = "--instances", paramLabel = "<n>", description = "Number of instances; as many as weights, or 1.")
	private @Nullable Integer instances;

	@Option(names = "--weight", paramLabel = "<weight>", defaultValue = "100", description = "Weight of each instance.")
	private int weight;

	@Option(names = "--weights", paramLabel = "<weight>", split = ",",
			showDefaultValue = CommandLine.Help.Visibility.NEVER, description = "A weight for each instance.")
	private List<Integer> weights = List.of();

	@Option(names = "--ready-path", paramLabel = "<path>",
			description = "An instance is ready once a GET of it answers 2xx or 3xx; without it, once its port is "
					+ "open.")
	private @Nullable String readyPath;

	@Option(names = "--start-timeout", paramLabel = "<seconds>", defaultValue = "60",
			description = "How long an instance may take to be ready.")
	private int startTimeout;

	@ArgGroup(exclusive = false, heading = "A language model in place of a command:%n", order = 1)
	private @Nullable LlmOptions llm;

	@Parameters(paramLabel = "<command>", showDefaultValue = CommandLine.Help.Visibility.NEVER,
			description = "What to run for each instance, after --; it finds its port in "
					+ "PORT and SERVER_PORT, or as $${PORT} in an argument, and 127.0.0.1 in SERVER_ADDRESS. "
					+ "Without it instances echo.")
	private List<String> command = List.of();

	@Override
	public Integer call() throws InterruptedException {
		EasEmulator emulator = build();
		this.options.warn();
		try (Report report = this.options.report((this.llm != null) ? this.llm.model() : null); emulator) {
			report.started(emulator.start());
			new CountDownLatch(1).await();
			return CommandLine.ExitCode.OK;
		}
	}

	private EasEmulator build() {
		List<Integer> weightOfEach = weightOfEach();
		String token = this.options.token();
		this.options.require(this.llm == null || this.command.isEmpty(),
				"--llm serves a language model in place of a command; leave one of them out");
		EmulatorBuilder emulator = this.options.builder();
		try {
			emulator.service(service(), (builder) -> describe(builder.token(token), weightOfEach));
		}
		catch (IllegalArgumentException ex) {
			throw new ParameterException(this.options.commandLine(), ex.getMessage(), ex);
		}
		return this.options.build(emulator);
	}

	private void describe(ServiceBuilder builder, List<Integer> weightOfEach) {
		weightOfEach.forEach((each) -> builder.instance((instance) -> describe(instance.weight(each))));
	}

	private String service() {
		if (this.service != null) {
			return this.service;
		}
		return (this.llm != null) ? this.llm.model() : "echo";
	}

	private void describe(InstanceBuilder instance) {
		if (this.llm != null) {
			this.llm.describe(instance);
		}
		instance.command(this.command).startTimeout(Duration.ofSeconds(this.startTimeout));
		if (this.readyPath != null) {
			instance.readyPath(this.readyPath);
		}
	}

	private List<Integer> weightOfEach() {
		if (this.weights.isEmpty()) {
			int count = (this.instances != null) ? this.instances : 1;
			this.options.require(count >= 0, "--instances must be 0 or more, was " + count);
			return Collections.nCopies(count, this.weight);
		}
		this.options.require(this.instances == null || this.instances == this.weights.size(),
				"--instances is " + this.instances + ", but --weights has " + this.weights.size());
		return this.weights;
	}

}
