package io.eas.emulator.lifecycle;

import java.time.Duration;
import java.util.Map;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.Timings;

/**
 * The rules of the descriptor for an instance's lifecycle.
 *
 * @param checks the timings of the checks that exist
 * @param gracePeriod the time from SIGTERM to SIGKILL
 */
public record LifecycleRules(Map<CheckKind, Timings> checks, Duration gracePeriod) {

	/**
	 * Copies the checks.
	 */
	public LifecycleRules {
		checks = Map.copyOf(checks);
	}

}
