package io.eas.service;

import java.time.Duration;

import io.eas.settings.Assert;

/**
 * What the start of the application waits for.
 *
 * @param mode what to do; {@link Mode#WAIT} by default
 * @param timeout the longest wait; 0s to 10m, 5s by default
 */
public record Startup(Mode mode, Duration timeout) {

	/** What holds where nothing is configured. */
	public static final Startup DEFAULTS = new Startup(Mode.WAIT, Duration.ofSeconds(5));

	/**
	 * Checks the wait.
	 * @throws io.eas.settings.InvalidSettingException if it is out of range
	 */
	public Startup {
		Assert.between("startup-timeout", timeout, Duration.ZERO, Duration.ofMinutes(10));
	}

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
