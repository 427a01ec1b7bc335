package io.eas.loadbalancer;

import java.util.random.RandomGenerator;

/**
 * Of two instances the one with fewer attempts in flight for its weight: the first as
 * {@link WeightedRoundRobin} would pick it, the second drawn by weight. So an instance
 * that is slower than its weight says gets fewer calls.
 */
public final class LeastInFlight implements InstancePicker.Factory {

	private final WeightedRoundRobin walk;

	/**
	 * The picks of one client.
	 * @param random where the order and the start of the walk are drawn from
	 */
	public LeastInFlight(RandomGenerator random) {
		this.walk = new WeightedRoundRobin(random, Crowding.MORE);
	}

	@Override
	public InstancePicker create(Candidates candidates) {
		return this.walk.create(candidates);
	}

}
