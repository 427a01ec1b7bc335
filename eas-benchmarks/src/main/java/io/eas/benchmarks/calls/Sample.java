package io.eas.benchmarks.calls;

import tools.jackson.databind.json.JsonMapper;

/**
 * The measurements of a variant over some time.
 *
 * @param calls the number of answered calls
 * @param failed the number of failed calls; each has ended the loop of its caller
 * @param nanos the measured time in nanoseconds
 * @param cpuNanos the processor time of the process in nanoseconds, including garbage
 * collection and compilation
 * @param bytes the bytes allocated by all threads
 * @param p50 the median latency in nanoseconds
 * @param p99 the 99th percentile of the latency in nanoseconds
 * @param p999 the 99.9th percentile of the latency in nanoseconds
 */
record Sample(long calls, long failed, long nanos, long cpuNanos, long bytes, long p50, long p99, long p999) {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	static Sample parse(String line) {
		return JSON.readValue(line, Sample.class);
	}

	/** Returns the sample as one line of JSON. */
	String json() {
		return JSON.writeValueAsString(this);
	}

}
