package io.eas.discovery;

import java.util.List;

import io.eas.instance.EasInstance;

/**
 * What one good answer of the discovery API said.
 *
 * @param instances the usable instances; never empty, no address twice
 * @param rejected the items that were dropped, each with the reason; empty as a rule
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
