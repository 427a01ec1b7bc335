package io.eas.loadbalancer;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

import io.eas.instance.EasInstance;
import org.jspecify.annotations.Nullable;

/**
 * The instances of a list laid end to end on a line, each as long as its weight, and the
 * way back from a point on the line to its instance in constant expected time. Immutable.
 *
 * <p>
 * The way back is a guide table: the line is cut into equal pieces, at most four times as
 * many as there are instances, each piece remembers the instance at its start, and from
 * there it is less than one instance further on average (Chen and Asau, "On generating
 * random variates from an empirical distribution", AIIE Transactions 6, 1974; Devroye,
 * "Non-Uniform Random Variate Generation", 1986, III.2.4). Most pieces belong to one
 * instance alone, which is then found with a single look: with thousands of instances,
 * looks into memory are all that a pick costs.
 *
 * <p>
 * Weights are divided by their greatest common divisor. Weight 0 has no length; where all
 * weights are 0, each counts as 1.
 */
final class WeightTable {

	private final InstanceState[] states;

	/** Where each instance ends; the last is the length of the line. */
	private final long[] ends;

	private final int[] guide;

	/** The instance that a piece belongs to alone; null where it doesn't. */
	private final @Nullable InstanceState[] owners;

	/** A piece is 2 to the power of this long. */
	private final int pieceShift;

	/** The places of the instances, ascending; see {@link #place}. */
	private final int[] places;

	private final int seed;

	WeightTable(List<InstanceState> all, int seed) {
		boolean drained = all.stream().allMatch((state) -> state.instance().weight() == 0);
		InstanceState[] carrying = all.stream()
			.filter((state) -> drained || state.instance().weight() > 0)
			.toArray(InstanceState[]::new);
		long divisor = drained ? 1
				: Arrays.stream(carrying).mapToLong((state) -> state.instance().weight()).reduce(0, WeightTable::gcd);
		this.seed = seed;
		this.states = new InstanceState[carrying.length];
		this.places = new int[carrying.length];
		this.ends = new long[carrying.length];
		long[] order = order(carrying, seed);
		long end = 0;
		for (int i = 0; i < order.length; i++) {
			InstanceState state = carrying[(int) order[i]];
			end += drained ? 1 : state.instance().weight() / divisor;
			this.ends[i] = end;
			this.states[i] = state;
			this.places[i] = (int) (order[i] >>> Integer.SIZE);
		}
		this.pieceShift = Math.max(0, 62 - Long.numberOfLeadingZeros(end / this.ends.length));
		this.guide = guide(this.ends, this.pieceShift);
		this.owners = owners();
	}

	/**
	 * Sorts by place: each number has the place of an instance in its upper half, and its
	 * index in the lower. For thousands of instances that are all over the memory this
	 * takes a fraction of the time that comparing them does.
	 */
	private static long[] order(InstanceState[] carrying, int seed) {
		long[] order = new long[carrying.length];
		for (int i = 0; i < order.length; i++) {
			order[i] = ((long) place(carrying[i].instance(), seed) << Integer.SIZE) | i;
		}
		Arrays.sort(order);
		return order;
	}

	/** Where an instance stands among others, from one client to the next at random. */
	private static int place(EasInstance instance, int seed) {
		return scramble(instance.hashCode() ^ seed);
	}

	private static int[] guide(long[] ends, int pieceShift) {
		long last = ends[ends.length - 1] - 1;
		int[] guide = new int[(int) (last >>> pieceShift) + 1];
		int index = 0;
		for (int piece = 0; piece < guide.length; piece++) {
			while (ends[index] <= (long) piece << pieceShift) {
				index++;
			}
			guide[piece] = index;
		}
		return guide;
	}

	private @Nullable InstanceState[] owners() {
		@Nullable InstanceState[] owners = new InstanceState[this.guide.length];
		for (int piece = 0; piece < owners.length; piece++) {
			int index = this.guide[piece];
			boolean alone = (piece + 1L) << this.pieceShift <= this.ends[index] || index == this.ends.length - 1;
			owners[piece] = alone ? this.states[index] : null;
		}
		return owners;
	}

	static long gcd(long a, long b) {
		return (b == 0) ? a : gcd(b, a % b);
	}

	/** The finaliser of MurmurHash3, so that neighbouring addresses part. */
	private static int scramble(int hash) {
		int h = (hash ^ (hash >>> 16)) * 0x85ebca6b;
		h = (h ^ (h >>> 13)) * 0xc2b2ae35;
		return h ^ (h >>> 16);
	}

	/** The length of the line: the sum of the reduced weights, at least 1. */
	long length() {
		return this.ends[this.ends.length - 1];
	}

	/** The number of instances on the line. */
	int size() {
		return this.states.length;
	}

	/** The index of the instance at a point from 0 to {@link #length()} - 1. */
	int indexAt(long point) {
		int index = this.guide[(int) (point >>> this.pieceShift)];
		while (this.ends[index] <= point) {
			index++;
		}
		return index;
	}

	/** The instance at a point from 0 to {@link #length()} - 1. */
	InstanceState stateAt(long point) {
		InstanceState owner = this.owners[(int) (point >>> this.pieceShift)];
		return (owner != null) ? owner : this.states[indexAt(point)];
	}

	/** The instance with an index from 0 to {@link #size()} - 1. */
	InstanceState at(int index) {
		return this.states[index];
	}

	/** The index of an instance on the line, or -1. */
	int indexOf(EasInstance instance) {
		int place = place(instance, this.seed);
		int found = Arrays.binarySearch(this.places, place);
		if (found < 0) {
			return -1;
		}
		int index = found;
		while (index > 0 && this.places[index - 1] == place) {
			index--;
		}
		while (index < this.places.length && this.places[index] == place) {
			if (this.states[index].instance().equals(instance)) {
				return index;
			}
			index++;
		}
		return -1;
	}

	/** Where the instance with this index starts. */
	long start(int index) {
		return (index == 0) ? 0 : this.ends[index - 1];
	}

	/** How long the instance with this index is. */
	long weight(int index) {
		return this.ends[index] - start(index);
	}

	/**
	 * Draws an instance by weight that is neither this one nor an excluded one.
	 * @return this one if there is no other
	 */
	int drawOther(int index, int[] excluded, RandomGenerator random) {
		if (excluded.length + 1 == size()) {
			return index;
		}
		if (excluded.length > 0) {
			return draw(with(excluded, index), random);
		}
		long point = random.nextLong(length() - weight(index));
		return indexAt((point < start(index)) ? point : point + weight(index));
	}

	/** These indexes and one more, ascending. */
	static int[] with(int[] indexes, int index) {
		int[] more = Arrays.copyOf(indexes, indexes.length + 1);
		more[indexes.length] = index;
		Arrays.sort(more);
		return more;
	}

	/**
	 * Draws an instance by weight, outside of the excluded ones: as if their intervals
	 * had been cut out of the line.
	 * @param excluded indexes, ascending, not all there are
	 */
	int draw(int[] excluded, RandomGenerator random) {
		long rest = length();
		for (int index : excluded) {
			rest -= weight(index);
		}
		long point = random.nextLong(rest);
		for (int index : excluded) {
			if (point >= start(index)) {
				point += weight(index);
			}
		}
		return indexAt(point);
	}

}
