package io.eas.emulator.cli;

import io.eas.emulator.InstanceBuilder;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;

/**
 * The options of a language model.
 */
final class LlmOptions {

	@Option(names = "--llm", paramLabel = "<model>", required = true, showDefaultValue = Help.Visibility.NEVER,
			description = "Serves a language model of this name, which answers random words by OpenAI's protocol.")
	private String model = "";

	@Option(names = "--prefill-rate", paramLabel = "<tokens>", defaultValue = "8000",
			description = "Prompt tokens computed per second.")
	private double prefillRate;

	@Option(names = "--cache-blocks", paramLabel = "<n>", defaultValue = "800",
			description = "Blocks of 512 tokens that the prefix cache holds.")
	private int cacheBlocks;

	@Option(names = "--max-running", paramLabel = "<n>", defaultValue = "64",
			description = "Number of requests that are computed at a time.")
	private int maxRunning;

	@Option(names = "--max-queue", paramLabel = "<n>", defaultValue = "64",
			description = "Prompts that wait at once; further ones are answered with 450.")
	private int maxQueue;

	String model() {
		return this.model;
	}

	void describe(InstanceBuilder instance) {
		instance.llm(this.model,
				(engine) -> engine.prefillRate(this.prefillRate)
					.cacheBlocks(this.cacheBlocks)
					.maxRunning(this.maxRunning)
					.maxQueue(this.maxQueue));
	}

}
