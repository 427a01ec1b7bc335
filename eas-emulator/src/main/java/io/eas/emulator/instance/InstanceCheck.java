package io.eas.emulator.instance;

import java.time.Instant;

import io.eas.deployment.model.CheckKind;

/**
 * The result of one health check of an instance.
 *
 * @param at the time of the result
 * @param service the service's name
 * @param instance the instance's name
 * @param kind the kind of check
 * @param passed whether the check succeeded
 * @param detail the finding of the check, for people
 */
public record InstanceCheck(Instant at, String service, String instance, CheckKind kind, boolean passed,
		String detail) {
}
