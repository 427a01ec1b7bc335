package io.eas.loadbalancer.selection;

import java.time.Duration;

import io.eas.loadbalancer.EjectionSettings;

/**
 * How one service selects instances, beside its algorithm.
 *
 * @param ejection when an instance is left out
 * @param slowStart over which time a new or returning instance gets to its share; 0 for
 * at once
 * @param responseTimeout how long an attempt may wait for its answer; an instance that
 * stands still is noticed within half of it
 * @param checksConnections whether somebody tries connections to instances that took
 * none, and tells {@link InstanceSelector#reachable}; then no attempt is spent on that
 */
public record SelectionSettings(EjectionSettings ejection, Duration slowStart, Duration responseTimeout,
		boolean checksConnections) {

	/** What holds where nothing is configured; nobody checks connections. */
	public static final SelectionSettings DEFAULTS = of(EjectionSettings.DEFAULTS, Duration.ZERO);

	/**
	 * Settings with the longest response timeout, where nobody checks connections.
	 * @param ejection when an instance is left out
	 * @param slowStart see {@link #slowStart}
	 * @return the settings
	 */
	public static SelectionSettings of(EjectionSettings ejection, Duration slowStart) {
		return new SelectionSettings(ejection, slowStart, Duration.ofDays(1), false);
	}

}
