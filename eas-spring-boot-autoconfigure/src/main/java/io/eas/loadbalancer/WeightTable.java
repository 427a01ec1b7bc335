package io.eas.loadbalancer;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

	private final Map<EasInstance, Integer> indexes;

	WeightTable(List<InstanceState> all, int seed) {
		boolean drained = all.stream().allMatch((state) -> state.instance().weight() == 0);
		List<InstanceState> carrying = all.stream()
			.filter((state) -> drained || state.instance().weight() > 0)
			.sorted(Comparator.comparingInt((state) -> scramble(state.instance().hashCode() ^ seed)))
			.toList();
		long divisor = drained ? 1
				: carrying.stream().mapToLong((state) -> state.instance().weight()).reduce(0, WeightTable::gcd);
		this.states = carrying.toArray(InstanceState[]::new);
		this.ends = new long[this.states.length];
		this.indexes = new HashMap<>();
		long end = 0;
		for (int i = 0; i < this.states.length; i++) {
			end += drained ? 1 : this.states[i].instance().weight() / divisor;
			this.ends[i] = end;
			this.indexes.put(this.states[i].instance(), i);
		}
		this.pieceShift = Math.max(0, 62 - Long.numberOfLeadingZeros(end / this.ends.length));
		this.guide = guide(this.ends, this.pieceShift);
		this.owners = owners();
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
		return this.indexes.getOrDefault(instance, -1);
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
