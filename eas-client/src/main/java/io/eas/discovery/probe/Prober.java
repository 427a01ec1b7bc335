package io.eas.discovery.probe;

import io.eas.instance.EasInstance;
import reactor.core.publisher.Mono;

/**
 * Sends a single health check to an instance. Implementations must be stateless and
 * thread-safe.
 */
@FunctionalInterface
public interface Prober {

	/**
	 * Checks an instance once per subscription.
	 * @param instance the instance
	 * @return a cold {@code Mono} with one result, at the latest after the timeout of the
	 * check; cancelling it closes the connection
	 */
	Mono<ProbeResult> probe(EasInstance instance);

}
