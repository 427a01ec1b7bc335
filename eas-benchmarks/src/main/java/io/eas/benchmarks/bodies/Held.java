package io.eas.benchmarks.bodies;

import tools.jackson.databind.json.JsonMapper;

/**
 * The result of a slow reader.
 *
 * @param read the number of bytes that were read
 * @param before the memory in use before reading, on and off the heap, in bytes
 * @param most the peak of the memory in use, in bytes
 */
record Held(long read, long before, long most) {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	static Held parse(String line) {
		return JSON.readValue(line, Held.class);
	}

	/** Returns the result as one line of JSON. */
	String json() {
		return JSON.writeValueAsString(this);
	}

	long above() {
		return this.most - this.before;
	}

}
