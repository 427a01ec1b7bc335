package io.eas.benchmarks.scale;

import tools.jackson.databind.json.JsonMapper;

/**
 * The cost of an application's start.
 *
 * @param first the time of the first start in its process, in nanoseconds
 * @param later the median time of the later starts, in nanoseconds
 * @param heap the bytes on the heap after the first start and a garbage collection
 */
record StartSample(long first, long later, long heap) {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	static StartSample parse(String line) {
		return JSON.readValue(line, StartSample.class);
	}

	/** Returns the sample as one line of JSON. */
	String json() {
		return JSON.writeValueAsString(this);
	}

}
