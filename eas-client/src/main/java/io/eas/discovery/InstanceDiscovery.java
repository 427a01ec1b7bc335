package io.eas.discovery;

import reactor.core.publisher.Mono;

/**
 * Discovers the instances of a service. Callers must not send a request while another one
 * is under way.
 */
@FunctionalInterface
public interface InstanceDiscovery {

	/**
	 * Requests the instances once. The {@code Mono} is cold: each subscription sends a
	 * request. Cancelling it aborts the request.
	 * @return the response with at least one instance; fails with a
	 * {@link DiscoveryException} if there is no such response
	 */
	Mono<DiscoveryAnswer> discover();

}
