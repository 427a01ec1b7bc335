package io.eas.benchmarks.clients;

import java.time.Duration;

/**
 * How long clients wait.
 *
 * @param connect for a connection
 * @param response for an answer, an attempt
 */
public record Timeouts(Duration connect, Duration response) {

	/** The most attempts that a call may take. */
	static final int ATTEMPTS = 3;

	public Timeouts {
		require(connect);
		require(response);
	}

	private static void require(Duration timeout) {
		if (timeout.isNegative() || timeout.isZero()) {
			throw new IllegalArgumentException("a timeout must be more than 0, was " + timeout.toMillis() + " ms");
		}
	}

}
