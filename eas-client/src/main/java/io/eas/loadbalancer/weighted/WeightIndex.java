package io.eas.loadbalancer.weighted;

import java.util.Arrays;
import java.util.random.RandomGenerator;

import io.eas.instance.EasInstance;
import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.InstanceState;
import org.jspecify.annotations.Nullable;

/**
 * Index that finds the instance at a point of a {@linkplain CumulativeWeights line} in
 * constant expected time. Immutable.
 *
 * <p>
 * The index is a guide table: the line is divided into equal pieces, at most four times
 * as many as there are instances. Each piece stores the instance at its start, from which
 * a search has to advance by less than one instance on average (Chen and Asau, "On
 * generating random variates from an empirical distribution", AIIE Transactions 6, 1974;
 * Devroye, "Non-Uniform Random Variate Generation", 1986, III.2.4). Most pieces lie
 * within a single instance, which is then found with one memory read; with thousands of
 * instances, the memory reads dominate the cost of a pick.
 *
 * <pre>
 *   weights 9, 1 and 4; a piece is 2 points long
 *   line      a a a a a a a a a b c c c c
 *   pieces    |0  |1  |2  |3  |4  |5  |6  |
 *   guide      a   a   a   a   a   c   c      the instance at the start of the piece
 *   owners     a   a   a   a   -   c   c      a search for point 9 starts at a; because a
 *                                             ends at 9, the point belongs to b
 * </pre>
 */
final class WeightIndex {

	private final CumulativeWeights line;

	private final InstanceState[] states;

	private final long[] ends;

	private final int[] guide;

	/** The instance that contains the whole of each piece; null if there is none. */
	private final @Nullable InstanceState[] owners;

	/** The binary logarithm of the length of a piece. */
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

	/** Fills in the pieces that start within an instance, and returns the next piece. */
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
	 * Creates the index of a list.
	 * @param candidates the instances
	 * @param seed determines the order of the instances on the line
	 */
	static WeightIndex of(Candidates candidates, int seed) {
		return new WeightIndex(CumulativeWeights.of(candidates, seed));
	}

	/**
	 * Creates the index of the next list, with the same order of the instances.
	 * @param next the instances of the next list
	 */
	WeightIndex next(Candidates next) {
		return new WeightIndex(this.line.next(next));
	}

	/**
	 * Returns the length of the line, which is the sum of the reduced weights; at least
	 * 1.
	 */
	long length() {
		return this.ends[this.ends.length - 1];
	}

	/** Returns the number of instances that take traffic; these are on the line. */
	int size() {
		return this.states.length;
	}

	/** Returns the index of the instance at a point from 0 to {@link #length()} - 1. */
	int indexAt(long point) {
		int index = this.guide[(int) (point >>> this.pieceShift)];
		while (this.ends[index] <= point) {
			index++;
		}
		return index;
	}

	/** Returns the instance at a point from 0 to {@link #length()} - 1. */
	InstanceState stateAt(long point) {
		InstanceState owner = this.owners[(int) (point >>> this.pieceShift)];
		return (owner != null) ? owner : this.states[indexAt(point)];
	}

	/** Returns the instance with an index from 0 to {@link #size()} - 1. */
	InstanceState at(int index) {
		return this.states[index];
	}

	/**
	 * Returns the index of an instance on the line, or -1 if the instance isn't on the
	 * line.
	 */
	int indexOf(EasInstance instance) {
		return this.line.indexOf(instance);
	}

	/** Returns the point of the line at which the instance with an index starts. */
	long start(int index) {
		return this.line.start(index);
	}

	/** Returns the reduced weight of the instance with an index. */
	long weight(int index) {
		return this.line.weight(index);
	}

	/**
	 * Draws at random, by weight, an instance that is neither the given one nor an
	 * excluded one.
	 * @return the index of the instance, or the given index if there is no other instance
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

	/** Returns a sorted copy of indexes with one more index. */
	static int[] with(int[] indexes, int index) {
		int[] more = Arrays.copyOf(indexes, indexes.length + 1);
		more[indexes.length] = index;
		Arrays.sort(more);
		return more;
	}

	/**
	 * Draws an instance at random by weight, as if the excluded instances were cut out of
	 * the line.
	 * @param excluded the indexes of the excluded instances, ascending; must not contain
	 * all indexes
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
