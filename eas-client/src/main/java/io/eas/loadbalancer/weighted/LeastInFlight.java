package io.eas.loadbalancer.weighted;

import java.util.random.RandomGenerator;

import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.InstancePicker;

/**
 * Picks as {@link WeightedRoundRobin} does, and then takes the {@linkplain LeastOfSome
 * least loaded} of that instance and some others. So an instance that is slower than its
 * weight says gets fewer calls. Belongs to one service, or to several. Thread-safe.
 */
public final class LeastInFlight implements InstancePicker.Factory {

	private final WeightedRoundRobin walk;

	/**
	 * The picks of one client.
	 * @param random where the order and the start of the walk are drawn from
	 */
	public LeastInFlight(RandomGenerator random) {
		this.walk = new WeightedRoundRobin(random, (candidates, table, source) -> new LeastOfSome(candidates, table));
	}

	@Override
	public InstancePicker create(Candidates candidates) {
		return this.walk.create(candidates);
	}

}
