package io.eas.loadbalancer.weighted;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.InstanceState;
import io.eas.loadbalancer.TriedInstances;
import org.jspecify.annotations.Nullable;

/**
 * Picks instances of one list by weight. First attempts walk along the line in strides.
 * Retries draw a random point of the line without the instances that were tried, so that
 * they don't disturb the walk. Instances that aren't admitted are skipped, and overloaded
 * ones are replaced by an {@link OverloadStrategy}. Thread-safe.
 */
final class WeightedPicker implements InstancePicker {

	private static final int[] NONE = {};

	/**
	 * The maximum number of steps. If instances with half of the weight aren't admitted,
	 * only one pick in 2^32 would need more steps; if even more aren't admitted, some
	 * picks end with a search of all instances.
	 */
	private static final int LONGEST_WALK = 32;

	private final Candidates candidates;

	private final WeightIndex table;

	private final OverloadStrategy overload;

	private final long length;

	private final long step;

	private final long start;

	private final AtomicLong position;

	private final Supplier<RandomGenerator> random;

	/**
	 * Creates a picker.
	 * @param candidates the instances
	 * @param table the index of the instances
	 * @param overload the strategy for overloaded instances
	 * @param step the {@linkplain GoldenRatioStride#step step} for the length of the line
	 * @param start the first point of the walk; taken modulo the length of the line
	 * @param random the source of random numbers
	 */
	WeightedPicker(Candidates candidates, WeightIndex table, OverloadStrategy overload, long step, long start,
			Supplier<RandomGenerator> random) {
		this.candidates = candidates;
		this.table = table;
		this.overload = overload;
		this.length = table.length();
		this.step = step;
		this.start = Math.floorMod(start, this.length);
		this.position = new AtomicLong(this.start);
		this.random = random;
	}

	/** Returns the number of steps since the walk was last at its first point. */
	long walked() {
		BigInteger modulus = BigInteger.valueOf(this.length);
		BigInteger way = BigInteger.valueOf(this.position.get() - this.start);
		return way.multiply(BigInteger.valueOf(this.step).modInverse(modulus)).mod(modulus).longValue();
	}

	WeightIndex table() {
		return this.table;
	}

	/** Returns the step for another length of the line. */
	long step(long otherLength) {
		return (otherLength == this.length) ? this.step : GoldenRatioStride.step(otherLength);
	}

	@Override
	public InstanceState pick(TriedInstances tried, @Nullable String hashKey) {
		if (tried.size() > 0) {
			return pickFurther(tried);
		}
		long point = next();
		InstanceState picked = this.table.stateAt(point);
		for (int n = 1; !this.candidates.admits(picked); n++) {
			if (n == LONGEST_WALK) {
				return anyFrom(this.table.indexAt(point), NONE);
			}
			point = next();
			picked = this.table.stateAt(point);
		}
		return this.candidates.isOnTrial(picked) ? picked : this.overload.instead(picked, point, NONE);
	}

	/**
	 * Returns the next instance on the line that is admitted and not excluded, or else
	 * the instance with the given index.
	 */
	private InstanceState anyFrom(int index, int[] excluded) {
		int size = this.table.size();
		for (int n = 1; n < size; n++) {
			int next = (index + n) % size;
			if (Arrays.binarySearch(excluded, next) < 0 && this.candidates.admits(this.table.at(next))) {
				return this.table.at(next);
			}
		}
		return this.table.at(index);
	}

	/**
	 * Returns the next point of the walk. The method avoids a division, which would take
	 * longer than the rest of the pick.
	 */
	private long next() {
		long point;
		long next;
		do {
			point = this.position.get();
			next = point + this.step;
		}
		while (!this.position.compareAndSet(point, (next < this.length) ? next : next - this.length));
		return point;
	}

	/**
	 * Draws an untried instance at random: if possible one that is admitted, otherwise
	 * any untried one. If all instances have been tried, draws one of them again.
	 */
	private InstanceState pickFurther(TriedInstances tried) {
		int[] excluded = excluded(tried, 0);
		int untried = -1;
		for (int n = 0; n < LONGEST_WALK && excluded.length < this.table.size(); n++) {
			int index = this.table.draw(excluded, this.random.get());
			InstanceState drawn = this.table.at(index);
			if (this.candidates.admits(drawn)) {
				return this.candidates.isOnTrial(drawn) ? drawn
						: this.overload.instead(drawn, this.table.start(index), excluded);
			}
			untried = (untried < 0) ? index : untried;
			excluded = WeightIndex.with(excluded, index);
		}
		return (untried >= 0) ? anyFrom(untried, excluded) : this.table.at(again(tried));
	}

	private int again(TriedInstances tried) {
		int[] newest = (this.table.size() > 1) ? excluded(tried, tried.size() - 1) : NONE;
		return this.table.draw(newest, this.random.get());
	}

	/** Returns the indexes of the tried instances, ascending and without duplicates. */
	private int[] excluded(TriedInstances tried, int from) {
		int[] indexes = new int[tried.size() - from];
		int count = 0;
		for (int i = from; i < tried.size(); i++) {
			int index = this.table.indexOf(tried.get(i));
			if (index >= 0) {
				indexes[count++] = index;
			}
		}
		return Arrays.stream(indexes, 0, count).sorted().distinct().toArray();
	}

}
