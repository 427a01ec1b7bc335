package io.eas.emulator.lifecycle;

import io.eas.deployment.model.HealthCheck;
import io.eas.emulator.probe.ProbeResult;
import reactor.core.publisher.Mono;

/**
 * Checks an instance once.
 */
@FunctionalInterface
public interface Probing {

	/**
	 * Checks the instance once.
	 * @param check the check
	 * @return cold; one result, after the check's time-out at the latest
	 */
	Mono<ProbeResult> probe(HealthCheck check);

}
