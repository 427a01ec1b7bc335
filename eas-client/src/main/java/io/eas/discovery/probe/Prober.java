package io.eas.discovery.probe;

import io.eas.instance.EasInstance;
import reactor.core.publisher.Mono;

/**
 * Checks an instance once. Without state, thread-safe.
 */
@FunctionalInterface
public interface Prober {

	/**
	 * Checks once per subscription.
	 * @param instance the instance
	 * @return cold; one result, after the time-out of the check at the latest. Cancelling
	 * it closes the connection.
	 */
	Mono<ProbeResult> probe(EasInstance instance);

}
