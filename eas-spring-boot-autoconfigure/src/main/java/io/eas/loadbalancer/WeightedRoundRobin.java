package io.eas.loadbalancer;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

import io.eas.instance.InstanceList;

/**
 * Weighted round robin, exact and smooth: of any picks in a row as many as the weights'
 * sum (divided by their greatest common divisor) each instance gets exactly its weight,
 * and they are spread evenly over that time. A pick takes constant time whatever the
 * number of instances, without a lock or an allocation.
 *
 * <p>
 * The instances lie on a {@linkplain WeightTable line}, and picks walk along it in the
 * step of a {@linkplain Lattice lattice}. Weights 5, 1 and 2, say, give a line of 8
 * points {@code aaaaabcc} and the walk {@code a b a c a a c a}. The start and the order
 * on the line are drawn once a client, so that clients started together don't follow each
 * other; the walk goes on when the list changes.
 */
public final class WeightedRoundRobin implements InstancePicker.Factory {

	private final AtomicLong position;

	private final int seed;

	/**
	 * The walk of one client.
	 * @param random where its start and its order are drawn from
	 */
	public WeightedRoundRobin(RandomGenerator random) {
		this.position = new AtomicLong(random.nextLong());
		this.seed = random.nextInt();
	}

	@Override
	public InstancePicker create(InstanceList list) {
		return new WeightedPicker(list, new WeightTable(list, this.seed), this.position, ThreadLocalRandom::current);
	}

}
