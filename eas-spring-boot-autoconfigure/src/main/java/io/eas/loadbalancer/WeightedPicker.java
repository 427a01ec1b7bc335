package io.eas.loadbalancer;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * The picks over one list by weight. First attempts walk the lattice; later ones draw a
 * point from what is left of the line without the instances that were tried, so that
 * retries don't disturb the walk. An instance that doesn't admit a call is walked past,
 * and so is one that is crowded beside another, drawn by weight.
 */
final class WeightedPicker implements InstancePicker {

	private static final int[] NONE = {};

	/** With half of all weight left out, one walk in 2^32 is longer. */
	private static final int LONGEST_WALK = 32;

	private final Candidates candidates;

	private final WeightTable table;

	private final Crowding crowding;

	private final long length;

	private final long step;

	private final long start;

	private final AtomicLong position;

	private final Supplier<? extends RandomGenerator> random;

	WeightedPicker(Candidates candidates, WeightTable table, Crowding crowding, long start,
			Supplier<? extends RandomGenerator> random) {
		this.candidates = candidates;
		this.table = table;
		this.crowding = crowding;
		this.length = table.length();
		this.step = Lattice.step(this.length);
		this.start = start;
		this.position = new AtomicLong(start);
		this.random = random;
	}

	/** How many points were walked. */
	long walked() {
		return Long.divideUnsigned(this.position.get() - this.start, this.step);
	}

	@Override
	public InstanceState pick(TriedInstances tried, @Nullable String hashKey) {
		if (tried.size() > 0) {
			return pickFurther(tried);
		}
		int index = walk();
		InstanceState state = this.table.at(index);
		return (state.inFlight() < this.crowding.from() || this.table.size() == 1) ? state : relieve(index, NONE);
	}

	private int walk() {
		int index = next();
		for (int n = 1; n < LONGEST_WALK && !this.candidates.admits(this.table.at(index)); n++) {
			index = next();
		}
		return index;
	}

	/**
	 * The position is advanced by the step and left to overflow, which breaks the walk
	 * once in 2^64 / step picks.
	 */
	private int next() {
		return this.table.indexAt(Long.remainderUnsigned(this.position.getAndAdd(this.step), this.length));
	}

	/** What was picked, or another instance where that one is crowded. */
	private InstanceState relieve(int index, int[] excluded) {
		InstanceState first = this.table.at(index);
		int other = this.table.indexAt(draw(excluded));
		InstanceState second = this.table.at(other);
		boolean better = other != index && this.crowding.prefersSecond(first.inFlight(), this.table.weight(index),
				second.inFlight(), this.table.weight(other));
		return (better && this.candidates.admits(second)) ? second : first;
	}

	/**
	 * Draws what wasn't tried: if possible something that admits the call, otherwise
	 * anything, and the tried ones again once there is nothing else.
	 */
	private InstanceState pickFurther(TriedInstances tried) {
		int[] excluded = excluded(tried, 0);
		int untried = -1;
		for (int n = 0; n < LONGEST_WALK && excluded.length < this.table.size(); n++) {
			int index = this.table.indexAt(draw(excluded));
			if (this.candidates.admits(this.table.at(index))) {
				return relieve(index, excluded);
			}
			untried = (untried < 0) ? index : untried;
			excluded = with(excluded, index);
		}
		return this.table.at((untried >= 0) ? untried : again(tried));
	}

	private int again(TriedInstances tried) {
		int[] newest = (this.table.size() > 1) ? excluded(tried, tried.size() - 1) : NONE;
		return this.table.indexAt(draw(newest));
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

	private static int[] with(int[] excluded, int index) {
		int[] more = Arrays.copyOf(excluded, excluded.length + 1);
		more[excluded.length] = index;
		Arrays.sort(more);
		return more;
	}

	/** A point outside of the excluded intervals: drawn as if they had been cut out. */
	private long draw(int[] excluded) {
		long rest = this.length;
		for (int index : excluded) {
			rest -= this.table.weight(index);
		}
		long point = this.random.get().nextLong(rest);
		for (int index : excluded) {
			if (point >= this.table.start(index)) {
				point += this.table.weight(index);
			}
		}
		return point;
	}

}
