package io.eas.benchmarks.scale;

import tools.jackson.databind.json.JsonMapper;

/**
 * The measurements of many callers over some time.
 *
 * @param calls the number of calls that have ended
 * @param failed the number of failed calls
 * @param nanos the measured time in nanoseconds
 * @param p50 the median latency in milliseconds
 * @param p99 the 99th percentile of the latency in milliseconds
 * @param pinned how often a virtual thread pinned its carrier while it waited
 */
record CallersSample(long calls, long failed, long nanos, double p50, double p99, long pinned) {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	static CallersSample parse(String line) {
		return JSON.readValue(line, CallersSample.class);
	}

	/** Returns the sample as one line of JSON. */
	String json() {
		return JSON.writeValueAsString(this);
	}

	/** Returns the calls per second. */
	double throughput() {
		return this.calls / (this.nanos / 1e9);
	}

}
