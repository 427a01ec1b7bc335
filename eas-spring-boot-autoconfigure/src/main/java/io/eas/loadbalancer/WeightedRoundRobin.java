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
 * points {@code aaaaabcc} and the walk {@code a b a c a a c a}. The order on the line is
 * drawn once a client and the start once a list, so that clients started together don't
 * follow each other, and no instance is favoured however often the list changes.
 */
public final class WeightedRoundRobin implements InstancePicker.Factory {

	private final int seed;

	/**
	 * The walk of one client.
	 * @param random where its order is drawn from
	 */
	public WeightedRoundRobin(RandomGenerator random) {
		this.seed = random.nextInt();
	}

	@Override
	public InstancePicker create(InstanceList list) {
		WeightTable table = new WeightTable(list, this.seed);
		AtomicLong start = new AtomicLong(ThreadLocalRandom.current().nextLong(table.length()));
		return new WeightedPicker(list, table, start, ThreadLocalRandom::current);
	}

}
