package io.eas.loadbalancer.weighted;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.InstancePicker;
import org.jspecify.annotations.Nullable;

/**
 * Exact and smooth weighted round robin. First, the weights are divided by their greatest
 * common divisor. If n is the sum of the reduced weights, each instance gets, of any n
 * consecutive picks, exactly as many picks as its reduced weight, and these picks are
 * spread evenly. A pick takes constant time for any number of instances, without a lock
 * or an allocation.
 *
 * <p>
 * The instances lie on a {@linkplain CumulativeWeights line}, and picks walk along the
 * line in the {@linkplain GoldenRatioStride stride}. For example, the weights 5, 1 and 2
 * give the line {@code aaaaabcc} with 8 points and the walk {@code a b a c a a c a}. The
 * order of the instances and the start of the walk are drawn at random once per client,
 * so that clients that were started together don't pick the same instances at the same
 * time. When the list changes, the walk continues at {@code frac(origin + steps / φ)} of
 * the line. This is the point to which steps of exactly the golden ratio would have led,
 * and all real steps are close to the golden ratio. Therefore no instance is favoured,
 * however often and in whatever rhythm the list changes.
 *
 * <p>
 * An object should belong to one service. Several services may share it, but then a walk
 * may continue at another place after a change of a list. Instances that aren't admitted,
 * or that have {@linkplain PowerOfTwoChoices far more} than their share of the attempts
 * in flight, are skipped. Thread-safe.
 */
public final class WeightedRoundRobin implements InstancePicker.Factory {

	private final int seed;

	private final double origin;

	private final OverloadStrategy.Factory overload;

	private double walked;

	private @Nullable WeightedPicker picker;

	/**
	 * Creates the algorithm {@code weighted-round-robin}.
	 * @param random the source of random numbers for the order of the instances and the
	 * start of the walk
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
	 * Creates a variant that takes the {@linkplain LeastRequest least loaded} of several
	 * instances: the next instance in turn and some instances after it, so that an
	 * instance that is slower than its weight suggests gets fewer calls.
	 * @param random see {@link #WeightedRoundRobin}
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
