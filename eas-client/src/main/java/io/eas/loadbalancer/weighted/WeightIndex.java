package io.eas.loadbalancer.weighted;

import java.util.Arrays;
import java.util.random.RandomGenerator;

import io.eas.instance.EasInstance;
import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.InstanceState;
import org.jspecify.annotations.Nullable;

/**
 * The way back from a point on a {@linkplain CumulativeWeights line} of instances to the
 * one that lies there, in constant expected time. Immutable.
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
 * <pre>
 *   weights 9, 1 and 4; a piece is 2 points long
 *   line      a a a a a a a a a b c c c c
 *   pieces    |0  |1  |2  |3  |4  |5  |6  |
 *   guide      a   a   a   a   a   c   c      the instance at the start of the piece
 *   owners     a   a   a   a   -   c   c      point 9 is looked for from a on, whose end, 9,
 *                                             it isn't below; so it is b's
 * </pre>
 */
final class WeightIndex {

	private final CumulativeWeights line;

	private final InstanceState[] states;

	private final long[] ends;

	private final int[] guide;

	/** The instance that a piece belongs to alone; null where it doesn't. */
	private final @Nullable InstanceState[] owners;

	/** A piece is 2 to the power of this long. */
	private final int pieceShift;

	private WeightIndex(CumulativeWeights line) {
		this.line = line;
		this.states = line.states;
		this.ends = line.ends;
		this.pieceShift = Math.max(0, 62 - Long.numberOfLeadingZeros(line.length() / line.size()));
		int pieces = (int) ((line.length() - 1) >>> this.pieceShift) + 1;
		this.guide = new int[pieces];
		this.owners = new InstanceState[pieces];
		for (int index = 0, piece = 0; index < this.states.length; index++) {
			piece = fill(index, piece);
		}
	}

	/** Fills in the pieces that start in an instance, and says which is the next. */
	private int fill(int index, int first) {
		InstanceState state = this.states[index];
		boolean last = index == this.states.length - 1;
		int next = (int) ((this.ends[index] - 1) >>> this.pieceShift) + 1;
		int alone = last ? next : (int) (this.ends[index] >>> this.pieceShift);
		for (int piece = first; piece < next; piece++) {
			this.guide[piece] = index;
		}
		for (int piece = first; piece < alone; piece++) {
			this.owners[piece] = state;
		}
		return next;
	}

	/**
	 * The table of a list.
	 * @param candidates the instances
	 * @param seed draws the order in which they lie
	 */
	static WeightIndex of(Candidates candidates, int seed) {
		return new WeightIndex(CumulativeWeights.of(candidates, seed));
	}

	/**
	 * The table of another list, in the order that this one has.
	 * @param next the instances
	 */
	WeightIndex next(Candidates next) {
		return new WeightIndex(this.line.next(next));
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
		return this.line.indexOf(instance);
	}

	/** Where the instance with this index starts. */
	long start(int index) {
		return this.line.start(index);
	}

	/** How long the instance with this index is. */
	long weight(int index) {
		return this.line.weight(index);
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
