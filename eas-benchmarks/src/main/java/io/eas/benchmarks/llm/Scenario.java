package io.eas.benchmarks.llm;

/**
 * What is simulated.
 *
 * @param name its name in the tables
 * @param clients the number of client processes, which know nothing of each other
 * @param cacheBlocks the blocks in the prefix cache of an instance, and in what a client
 * remembers of it
 * @param speed how much faster requests arrive than in the trace
 * @param signals what clients hear of the engines
 * @param prefixes whether prompts may have a prefix in common
 * @param estimate the factor by which clients misjudge the number of tokens
 * @param blockRatio the tokens of a client's block over those of an engine's
 * @param replaced whether an instance is replaced by a new one after half of the time
 * @param plain whether half of the answers aren't streamed, and clients hear of engines
 * with these answers only
 */
record Scenario(String name, int clients, int cacheBlocks, double speed, Signals signals, boolean prefixes,
		double estimate, double blockRatio, boolean replaced, boolean plain) {

	static Scenario of(String name, int clients, int cacheBlocks) {
		return new Scenario(name, clients, cacheBlocks, 1, Signals.NONE, true, 1, 1, false, false);
	}

	Scenario with(Signals heard) {
		return new Scenario(this.name, this.clients, this.cacheBlocks, this.speed, heard, this.prefixes, this.estimate,
				this.blockRatio, this.replaced, this.plain);
	}

	Scenario atSpeed(double faster) {
		return new Scenario(this.name, this.clients, this.cacheBlocks, faster, this.signals, this.prefixes,
				this.estimate, this.blockRatio, this.replaced, this.plain);
	}

	Scenario withoutPrefixes() {
		return new Scenario(this.name, this.clients, this.cacheBlocks, this.speed, this.signals, false, this.estimate,
				this.blockRatio, this.replaced, this.plain);
	}

	Scenario misjudgedBy(double factor) {
		return new Scenario(this.name, this.clients, this.cacheBlocks, this.speed, this.signals, this.prefixes, factor,
				this.blockRatio, this.replaced, this.plain);
	}

	Scenario inBlocksOf(double ratio) {
		return new Scenario(this.name, this.clients, this.cacheBlocks, this.speed, this.signals, this.prefixes,
				this.estimate, ratio, this.replaced, this.plain);
	}

	Scenario withReplacement() {
		return new Scenario(this.name, this.clients, this.cacheBlocks, this.speed, this.signals, this.prefixes,
				this.estimate, this.blockRatio, true, this.plain);
	}

	Scenario withPlainAnswers() {
		return new Scenario(this.name, this.clients, this.cacheBlocks, this.speed, this.signals, this.prefixes,
				this.estimate, this.blockRatio, this.replaced, true);
	}

	/** What clients hear of the load of engines, every half second or with answers. */
	enum Signals {

		/** Nothing. */
		NONE,

		/** What is true. */
		TRUE,

		/** What was true after a minute. */
		FROZEN,

		/** That nothing is to be done. */
		ZERO,

		/** Anything. */
		RANDOM,

		/** What was true 10 s before. */
		OLD

	}

}
