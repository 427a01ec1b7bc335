package io.eas.emulator.lifecycle;

import java.time.Duration;
import java.util.Map;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.Timings;

/**
 * What the descriptor says about an instance's life.
 *
 * @param checks the timings of those checks that exist
 * @param gracePeriod from SIGTERM to SIGKILL
 */
public record LifecycleRules(Map<CheckKind, Timings> checks, Duration gracePeriod) {

	/**
	 * Copies.
	 */
	public LifecycleRules {
		checks = Map.copyOf(checks);
	}

}
