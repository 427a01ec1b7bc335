package io.eas.benchmarks.scale;

import tools.jackson.databind.json.JsonMapper;

/**
 * What an application took to start.
 *
 * @param first nanoseconds of the first start of its process
 * @param later nanoseconds of a later one, half of them
 * @param heap bytes on the heap after the first, garbage collected
 */
record StartSample(long first, long later, long heap) {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	static StartSample parse(String line) {
		return JSON.readValue(line, StartSample.class);
	}

	/** One line. */
	String json() {
		return JSON.writeValueAsString(this);
	}

}
