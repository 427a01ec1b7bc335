package io.eas.loadbalancer.selection;

import java.time.Duration;

import io.eas.loadbalancer.EjectionSettings;

/**
 * Settings of the selection of instances of a service, apart from the algorithm.
 *
 * @param ejection the settings of ejections
 * @param slowStart the time over which the traffic of a new or returning instance grows
 * to its full share; zero for no slow start
 * @param responseTimeout how long an attempt may wait for its response; a stalled
 * instance is detected within half of it
 * @param checksConnections whether the caller tries to connect to instances that accepted
 * no connection and reports successes to {@link InstanceSelector#reachable}, so that no
 * attempt of a call is needed for that
 */
public record SelectionSettings(EjectionSettings ejection, Duration slowStart, Duration responseTimeout,
		boolean checksConnections) {

	/** The default settings, without checks of connections. */
	public static final SelectionSettings DEFAULTS = of(EjectionSettings.DEFAULTS, Duration.ZERO);

	/**
	 * Creates settings with the longest response timeout and without checks of
	 * connections.
	 * @param ejection the settings of ejections
	 * @param slowStart see {@link #slowStart}
	 * @return the settings
	 */
	public static SelectionSettings of(EjectionSettings ejection, Duration slowStart) {
		return new SelectionSettings(ejection, slowStart, Duration.ofDays(1), false);
	}

}
