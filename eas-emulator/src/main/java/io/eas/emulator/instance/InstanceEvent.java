package io.eas.emulator.instance;

import java.time.Instant;

import io.eas.emulator.lifecycle.LifecycleState;

/**
 * An instance changed from one state to another.
 *
 * @param at when
 * @param service the service's name
 * @param instance the instance's name
 * @param from the state before
 * @param to the state after
 * @param reason why, for people
 */
public record InstanceEvent(Instant at, String service, String instance, LifecycleState from, LifecycleState to,
		String reason) {
}
