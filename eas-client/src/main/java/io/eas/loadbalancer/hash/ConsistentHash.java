package io.eas.loadbalancer.hash;

import java.util.random.RandomGenerator;

import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.weighted.WeightedRoundRobin;

/**
 * Picks the same instance for calls with the same key, as long as this instance has no
 * more than 5/4 of its share of the attempts in flight (see {@link BoundedRing}). All
 * clients pick the same instance for a key. Calls without a key are distributed by
 * {@link WeightedRoundRobin}. May be shared by several services. Thread-safe.
 */
public final class ConsistentHash implements InstancePicker.Factory {

	private final WeightedRoundRobin keyless;

	/**
	 * Creates the algorithm.
	 * @param random the source of random numbers for the order of calls without a key
	 */
	public ConsistentHash(RandomGenerator random) {
		this.keyless = new WeightedRoundRobin(random);
	}

	@Override
	public HashPicker create(Candidates candidates) {
		return new HashPicker(candidates, this.keyless.create(candidates));
	}

}
