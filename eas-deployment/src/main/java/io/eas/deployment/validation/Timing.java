package io.eas.deployment.validation;

import java.util.stream.Stream;

import io.eas.deployment.model.Timings;

/**
 * One of the five timings of a check.
 *
 * @param key the key
 * @param value the value, written or default
 * @param least the smallest allowed value
 */
record Timing(String key, int value, int least) {

	static boolean areSensible(Timings timings) {
		return of(timings).allMatch((timing) -> timing.value() >= timing.least());
	}

	static Stream<Timing> of(Timings timings) {
		return Stream.of(new Timing("initial_delay_seconds", timings.initialDelaySeconds(), 0),
				new Timing("period_seconds", timings.periodSeconds(), 1),
				new Timing("timeout_seconds", timings.timeoutSeconds(), 1),
				new Timing("success_threshold", timings.successThreshold(), 1),
				new Timing("failure_threshold", timings.failureThreshold(), 1));
	}

}
