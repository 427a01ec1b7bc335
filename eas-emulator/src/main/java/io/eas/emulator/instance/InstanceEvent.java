package io.eas.emulator.instance;

import java.time.Instant;

import io.eas.emulator.lifecycle.LifecycleState;

/**
 * The change of an instance from one state to another.
 *
 * @param at the time of the change
 * @param service the service's name
 * @param instance the instance's name
 * @param from the state before
 * @param to the state after
 * @param reason the reason, for people
 */
public record InstanceEvent(Instant at, String service, String instance, LifecycleState from, LifecycleState to,
		String reason) {
}
