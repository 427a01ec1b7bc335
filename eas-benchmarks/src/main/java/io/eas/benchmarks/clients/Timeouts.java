package io.eas.benchmarks.clients;

import java.time.Duration;

/**
 * The timeouts of clients.
 *
 * @param connect the timeout for connecting
 * @param response the timeout for the response to an attempt
 */
public record Timeouts(Duration connect, Duration response) {

	/** The maximum number of attempts per call. */
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
