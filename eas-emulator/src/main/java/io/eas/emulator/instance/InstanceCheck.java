package io.eas.emulator.instance;

import java.time.Instant;

import io.eas.deployment.model.CheckKind;

/**
 * A health check of an instance found something.
 *
 * @param at when it was over
 * @param service the service's name
 * @param instance the instance's name
 * @param kind what the check is for
 * @param passed whether it succeeded
 * @param detail what it found, for people
 */
public record InstanceCheck(Instant at, String service, String instance, CheckKind kind, boolean passed,
		String detail) {
}
