package io.eas.service;

import java.time.Duration;

/**
 * What the start of the application waits for.
 *
 * @param mode what to do
 * @param timeout the longest wait
 */
public record Startup(Mode mode, Duration timeout) {

	/**
	 * What to do about the first list of instances.
	 */
	public enum Mode {

		/** Wait for it, then go on in any case. */
		WAIT,

		/** Don't wait. */
		LAZY,

		/** Wait for it, and fail the start if it doesn't come. */
		FAIL_FAST

	}

}
