package io.eas.benchmarks.calls;

import tools.jackson.databind.json.JsonMapper;

/**
 * What was measured of a variant for a while.
 *
 * @param calls those answered
 * @param failed those that weren't, each of which has ended its caller
 * @param nanos how long it was measured
 * @param cpuNanos processor time of the process, collecting garbage and compiling
 * included
 * @param bytes what all threads have allocated
 * @param p50 nanoseconds within which half of the calls were answered
 * @param p99 nanoseconds within which 99 % were
 * @param p999 nanoseconds within which 99.9 % were
 */
record Sample(long calls, long failed, long nanos, long cpuNanos, long bytes, long p50, long p99, long p999) {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	static Sample parse(String line) {
		return JSON.readValue(line, Sample.class);
	}

	/** One line. */
	String json() {
		return JSON.writeValueAsString(this);
	}

}
