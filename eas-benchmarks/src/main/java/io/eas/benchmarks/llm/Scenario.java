package io.eas.benchmarks.llm;

/**
 * The parameters of a simulation.
 *
 * @param name the name in the tables
 * @param clients the number of client processes, which don't know each other's calls
 * @param cacheBlocks the number of blocks in the prefix cache of an instance, and in a
 * client's record of that cache
 * @param speed the factor by which requests arrive faster than in the trace
 * @param signals the load reports that clients get from engines
 * @param prefixes whether prompts may have a prefix in common
 * @param estimate the factor by which clients misjudge the number of tokens
 * @param blockRatio the number of tokens per block of a client, divided by that of an
 * engine
 * @param replaced whether an instance is replaced by a new one after half of the time
 * @param plain whether half of the responses aren't streamed; clients then get load
 * reports only with these responses
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

	/**
	 * The load reports that clients get from engines, every half second or with
	 * responses.
	 */
	enum Signals {

		/** No reports. */
		NONE,

		/** Correct reports. */
		TRUE,

		/** Correct reports for a minute; after that, always the same report. */
		FROZEN,

		/** Reports of idle engines. */
		ZERO,

		/** Random reports. */
		RANDOM,

		/** Reports that are 10 s old. */
		OLD

	}

}
