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
 * Picks from one list by weight. First attempts go from stride to stride; later ones draw
 * a point from what is left of the line without the instances that were tried, so that
 * retries don't disturb the walk. An instance that doesn't admit a call is walked past,
 * and from one that is overloaded calls go elsewhere.
 */
final class WeightedPicker implements InstancePicker {

	private static final int[] NONE = {};

	/**
	 * With half of all weight left out, one walk in 2^32 is longer; with more, some end
	 * in a look at all instances.
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
	 * A picker that begins.
	 * @param candidates the instances
	 * @param table the same on their line
	 * @param overload what to do where one is overloaded
	 * @param step the {@linkplain GoldenRatioStride#step step} for the length of the line
	 * @param start the first point
	 * @param random where draws come from
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

	/** How many points were walked, since the walk was last where it had started. */
	long walked() {
		BigInteger modulus = BigInteger.valueOf(this.length);
		BigInteger way = BigInteger.valueOf(this.position.get() - this.start);
		return way.multiply(BigInteger.valueOf(this.step).modInverse(modulus)).mod(modulus).longValue();
	}

	WeightIndex table() {
		return this.table;
	}

	/** The step for another length. */
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

	/** The next on the line that admits the call and isn't excluded, or this one. */
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

	/** Without a division, which would take longer than all the rest. */
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
	 * Draws what wasn't tried: if possible something that admits the call, otherwise
	 * anything, and the tried ones again once there is nothing else.
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

	/** The indexes of what was tried, ascending, each once. */
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
