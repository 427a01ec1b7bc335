package io.eas.service;

import java.time.Duration;

import io.eas.settings.Assert;

/**
 * Settings that say whether the start of the client waits for the first list of
 * instances.
 *
 * @param mode whether to wait; {@link Mode#WAIT} by default
 * @param timeout the maximum time to wait; 0s to 10m, 5s by default
 */
public record Startup(Mode mode, Duration timeout) {

	/** The default settings. */
	public static final Startup DEFAULTS = new Startup(Mode.WAIT, Duration.ofSeconds(5));

	/**
	 * Validates the timeout.
	 * @throws io.eas.settings.InvalidSettingException if the timeout is out of range
	 */
	public Startup {
		Assert.between("startup-timeout", timeout, Duration.ZERO, Duration.ofMinutes(10));
	}

	/** Whether the start waits for the first list of instances. */
	public enum Mode {

		/** Wait for the first list until the timeout, then continue in any case. */
		WAIT,

		/** Don't wait for the first list. */
		LAZY,

		/** Wait for the first list until the timeout, and fail the start without it. */
		FAIL_FAST

	}

}
