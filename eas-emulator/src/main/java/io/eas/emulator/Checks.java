package io.eas.emulator;

import java.time.Duration;

/**
 * Values that make no sense are refused with a message that says which would.
 */
final class Checks {

	private static final Duration LONGEST = Duration.ofDays(36_500);

	private Checks() {
	}

	/** As long as it can be waited for: a longer one can't be counted in nanoseconds. */
	static Duration delay(Duration delay) {
		require(!delay.isNegative(), "the delay must not be negative, was " + delay);
		return (delay.compareTo(LONGEST) < 0) ? delay : LONGEST;
	}

	static void status(int code) {
		require(code >= 200 && code <= 999, "the status must be between 200 and 999, was " + code);
	}

	static int weight(int weight) {
		require(weight >= 0, "the weight must be 0 or more, was " + weight);
		return weight;
	}

	static int count(int count) {
		require(count >= 0, "the number of instances must be 0 or more, was " + count);
		return count;
	}

	static int port(int port) {
		require(port >= 0 && port <= 65535, "the port must be between 0 and 65535, was " + port);
		return port;
	}

	static void require(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

}
