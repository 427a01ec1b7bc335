package io.eas.emulator.net;

import java.time.Duration;

/**
 * Checks arguments. Messages of exceptions name the allowed values.
 */
public final class Assert {

	private static final Duration LONGEST = Duration.ofDays(36_500);

	private Assert() {
	}

	/**
	 * Checks a delay.
	 * @param delay 0 or more
	 * @return the delay, or 100 years if it is longer, because longer delays can't be
	 * expressed in nanoseconds
	 * @throws IllegalArgumentException if the delay is negative
	 */
	public static Duration delay(Duration delay) {
		isTrue(!delay.isNegative(), "the delay must not be negative, was " + delay);
		return (delay.compareTo(LONGEST) < 0) ? delay : LONGEST;
	}

	/**
	 * Checks the status of a response.
	 * @param code the status, from 200 to 999
	 * @throws IllegalArgumentException if the status is out of range
	 */
	public static void status(int code) {
		isTrue(code >= 200 && code <= 999, "the status must be between 200 and 999, was " + code);
	}

	/**
	 * Checks a port to listen on.
	 * @param port the port, from 0 to 65535
	 * @return the port
	 * @throws IllegalArgumentException if the port is out of range
	 */
	public static int port(int port) {
		isTrue(port >= 0 && port <= 65535, "the port must be between 0 and 65535, was " + port);
		return port;
	}

	/**
	 * Checks a condition.
	 * @param condition the condition that must hold
	 * @param message the problem and the allowed values
	 * @throws IllegalArgumentException if the condition does not hold
	 */
	public static void isTrue(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

}
