package io.eas.benchmarks.bodies;

import tools.jackson.databind.json.JsonMapper;

/**
 * What was measured of a variant for a while.
 *
 * @param failed transfers that didn't succeed
 * @param bytes bytes of bodies that were carried
 * @param nanos how long it was measured
 * @param cpuNanos processor time of the process, collecting garbage and compiling
 * included
 * @param allocated bytes that all threads have allocated on the heap
 * @param peaks the most memory that the process took meanwhile
 */
record BodySample(long failed, long bytes, long nanos, long cpuNanos, long allocated, Peaks peaks) {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	static BodySample parse(String line) {
		return JSON.readValue(line, BodySample.class);
	}

	/** One line. */
	String json() {
		return JSON.writeValueAsString(this);
	}

}
