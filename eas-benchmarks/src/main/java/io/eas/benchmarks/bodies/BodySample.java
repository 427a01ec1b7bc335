package io.eas.benchmarks.bodies;

import tools.jackson.databind.json.JsonMapper;

/**
 * The measurements of a variant over some time.
 *
 * @param failed the number of failed transfers
 * @param bytes the number of transferred body bytes
 * @param nanos the measured time in nanoseconds
 * @param cpuNanos the processor time of the process in nanoseconds, including garbage
 * collection and compilation
 * @param allocated the bytes that all threads have allocated on the heap
 * @param peaks the peaks of the process's memory
 */
record BodySample(long failed, long bytes, long nanos, long cpuNanos, long allocated, Peaks peaks) {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	static BodySample parse(String line) {
		return JSON.readValue(line, BodySample.class);
	}

	/** Returns the sample as one line of JSON. */
	String json() {
		return JSON.writeValueAsString(this);
	}

}
