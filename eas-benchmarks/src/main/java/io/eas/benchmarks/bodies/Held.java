package io.eas.benchmarks.bodies;

import tools.jackson.databind.json.JsonMapper;

/**
 * How a slow reader fared.
 *
 * @param read the bytes that it has taken
 * @param before the memory in use before, on the heap and outside of it
 * @param most the most memory in use at a time
 */
record Held(long read, long before, long most) {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	static Held parse(String line) {
		return JSON.readValue(line, Held.class);
	}

	/** One line. */
	String json() {
		return JSON.writeValueAsString(this);
	}

	long above() {
		return this.most - this.before;
	}

}
