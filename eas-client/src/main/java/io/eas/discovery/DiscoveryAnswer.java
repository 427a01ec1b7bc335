package io.eas.discovery;

import java.util.List;

import io.eas.instance.EasInstance;

/**
 * A successful response of the discovery API. Immutable.
 *
 * @param instances the usable instances; not empty, without duplicate addresses
 * @param rejected a description of each item that was dropped, with the reason; usually
 * empty
 */
public record DiscoveryAnswer(List<EasInstance> instances, List<String> rejected) {

	/**
	 * Copies both lists.
	 */
	public DiscoveryAnswer {
		instances = List.copyOf(instances);
		rejected = List.copyOf(rejected);
	}

}
