package io.eas.benchmarks.start;

import tools.jackson.databind.json.JsonMapper;

/**
 * The measurements of an application's start in a fresh JVM.
 *
 * @param start the time from the beginning of {@code main} until the application is
 * ready, in nanoseconds
 * @param thread the processor time of the main thread until the application is ready, in
 * nanoseconds
 * @param call the time of the first call, in nanoseconds
 * @param processor the processor time of the JVM until the call has ended, in nanoseconds
 * @param classes the number of loaded classes
 */
record StartedApplication(long start, long thread, long call, long processor, long classes) {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	static StartedApplication parse(String line) {
		return JSON.readValue(line, StartedApplication.class);
	}

	/** Returns the measurements as one line of JSON. */
	String json() {
		return JSON.writeValueAsString(this);
	}

	/** Returns the time until the first call has ended, in nanoseconds. */
	long startAndCall() {
		return this.start + this.call;
	}

}
