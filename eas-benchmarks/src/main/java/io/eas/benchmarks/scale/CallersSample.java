package io.eas.benchmarks.scale;

import tools.jackson.databind.json.JsonMapper;

/**
 * How many callers fared for a while.
 *
 * @param calls those that have ended
 * @param failed those of them that failed
 * @param nanos how long it took
 * @param p50 milliseconds within which half of the calls ended
 * @param p99 milliseconds within which 99 % did
 * @param pinned how often a virtual thread held its carrier while it waited
 */
record CallersSample(long calls, long failed, long nanos, double p50, double p99, long pinned) {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	static CallersSample parse(String line) {
		return JSON.readValue(line, CallersSample.class);
	}

	/** One line. */
	String json() {
		return JSON.writeValueAsString(this);
	}

	/** Calls a second. */
	double throughput() {
		return this.calls / (this.nanos / 1e9);
	}

}
