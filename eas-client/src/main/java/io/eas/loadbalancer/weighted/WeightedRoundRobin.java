package io.eas.loadbalancer.weighted;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.InstancePicker;
import org.jspecify.annotations.Nullable;

/**
 * Weighted round robin, exact and smooth: of any picks in a row as many as the weights'
 * sum (divided by their greatest common divisor) each instance gets exactly its weight,
 * and they are spread evenly over that time. A pick takes constant time whatever the
 * number of instances, without a lock or an allocation.
 *
 * <p>
 * The instances lie on a {@linkplain CumulativeWeights line}, and picks walk along it in
 * the {@linkplain GoldenRatioStride stride}. Weights 5, 1 and 2, say, give a line of 8
 * points {@code aaaaabcc} and the walk {@code a b a c a a c a}. Order and start are drawn
 * once a client, so that clients started together don't follow each other. When the list
 * changes the walk goes on where the golden ratio, which all steps are close to, would
 * have led it: {@code frac(origin + steps / φ)} of the line. So no instance is favoured,
 * however often and in whatever rhythm the list changes.
 *
 * <p>
 * Belongs to one service; several may share it, which costs no more than the place where
 * a walk goes on. Instances that don't admit a call, or carry
 * {@linkplain PowerOfTwoChoices far more} than their share, are passed over. Thread-safe.
 */
public final class WeightedRoundRobin implements InstancePicker.Factory {

	private final int seed;

	private final double origin;

	private final OverloadStrategy.Factory overload;

	private double walked;

	private @Nullable WeightedPicker picker;

	/**
	 * The walk of one client.
	 * @param random where its order and its start are drawn from
	 */
	public WeightedRoundRobin(RandomGenerator random) {
		this(random, PowerOfTwoChoices::new);
	}

	WeightedRoundRobin(RandomGenerator random, OverloadStrategy.Factory overload) {
		this.seed = random.nextInt();
		this.origin = random.nextDouble();
		this.overload = overload;
	}

	/**
	 * A walk that takes the {@linkplain LeastRequest least loaded} of the instance whose
	 * turn it is and some others. So an instance that is slower than its weight says gets
	 * fewer calls.
	 * @param random as for {@link #WeightedRoundRobin}
	 * @return the algorithm {@code least-request}
	 */
	public static WeightedRoundRobin leastRequest(RandomGenerator random) {
		return new WeightedRoundRobin(random, (candidates, table, source) -> new LeastRequest(candidates, table));
	}

	@Override
	public synchronized InstancePicker create(Candidates candidates) {
		WeightedPicker before = this.picker;
		this.walked += (before != null) ? 1 + before.walked() : 0;
		WeightIndex table = (before != null) ? before.table().next(candidates) : WeightIndex.of(candidates, this.seed);
		double place = this.origin + this.walked * GoldenRatioStride.GOLDEN;
		long start = (long) ((place - Math.floor(place)) * table.length());
		Supplier<RandomGenerator> source = candidates.random();
		OverloadStrategy overloaded = this.overload.create(candidates, table, source);
		long step = (before != null) ? before.step(table.length()) : GoldenRatioStride.step(table.length());
		this.picker = new WeightedPicker(candidates, table, overloaded, step, start, source);
		return this.picker;
	}

}
