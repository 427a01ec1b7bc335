package io.eas.loadbalancer.hash;

import java.util.random.RandomGenerator;

import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.weighted.WeightedRoundRobin;

/**
 * Picks the same instance for calls with the same key, as long as that has no more than
 * 5/4 of its share of the attempts in flight: see {@link BoundedRing}. All clients agree
 * on the instance. Calls without a key go in turn, as {@link WeightedRoundRobin} would
 * have them. Belongs to one service, or to several. Thread-safe.
 */
public final class ConsistentHash implements InstancePicker.Factory {

	private final WeightedRoundRobin keyless;

	/**
	 * The picks of one client.
	 * @param random where the order of calls without a key is drawn from
	 */
	public ConsistentHash(RandomGenerator random) {
		this.keyless = new WeightedRoundRobin(random);
	}

	@Override
	public InstancePicker create(Candidates candidates) {
		return new HashPicker(candidates, this.keyless.create(candidates));
	}

}
