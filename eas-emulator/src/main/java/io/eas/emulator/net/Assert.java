package io.eas.emulator.net;

import java.time.Duration;

/**
 * Refuses arguments that make no sense, with a message that says which would.
 */
public final class Assert {

	private static final Duration LONGEST = Duration.ofDays(36_500);

	private Assert() {
	}

	/**
	 * Checks a delay.
	 * @param delay 0 or more
	 * @return the delay, or 100 years if it is longer: such a one can't be counted in
	 * nanoseconds
	 * @throws IllegalArgumentException if it is negative
	 */
	public static Duration delay(Duration delay) {
		isTrue(!delay.isNegative(), "the delay must not be negative, was " + delay);
		return (delay.compareTo(LONGEST) < 0) ? delay : LONGEST;
	}

	/**
	 * Checks the status of a response.
	 * @param code from 200 to 999
	 * @throws IllegalArgumentException if it is something else
	 */
	public static void status(int code) {
		isTrue(code >= 200 && code <= 999, "the status must be between 200 and 999, was " + code);
	}

	/**
	 * Checks a port to listen on.
	 * @param port from 0 to 65535
	 * @return the port
	 * @throws IllegalArgumentException if it is something else
	 */
	public static int port(int port) {
		isTrue(port >= 0 && port <= 65535, "the port must be between 0 and 65535, was " + port);
		return port;
	}

	/**
	 * Checks a condition.
	 * @param condition what must hold
	 * @param message what is wrong, and what is allowed
	 * @throws IllegalArgumentException if it does not hold
	 */
	public static void isTrue(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

}
