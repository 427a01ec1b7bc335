package io.eas.discovery;

import reactor.core.publisher.Mono;

/**
 * Asks once which instances a service has.
 */
@FunctionalInterface
public interface InstanceDiscovery {

	/**
	 * Asks once per subscription. Cold; cancelling it ends the request.
	 * @return the answer, with at least one instance; fails with
	 * {@link DiscoveryException} for everything that doesn't give a list
	 */
	Mono<DiscoveryAnswer> discover();

}
