package io.eas.loadbalancer.hash;

import java.util.Arrays;

/**
 * One pass over the points of a {@link HashRing}, which finds the owner of each segment.
 * Not thread-safe.
 *
 * <p>
 * For each point, distance / weight of its instance is a straight line that starts at 0
 * at the point and rises, and a position is owned by the instance with the lowest line at
 * that position. A new line starts at or below all other lines. It hides equally steep
 * and steeper lines for ever, and flatter lines until it crosses them. The lines that can
 * become the lowest again are kept on a stack, with flatter lines further down. Each line
 * stores the last position before the line below it on the stack takes over. The first
 * lap around the ring finds the lines that extend over its start; the segments of the
 * second lap are kept. All numbers are integers, so every machine finds the same borders.
 *
 * <pre>
 *   position                2    4    6    8   10   12
 *   b, weight 2, point 2    0    1    2    3    4    5     (position - 2) / 2
 *   a, weight 1, point 6              0    2    4    6     (position - 6) / 1
 *   owner                   b    b    a    a    b    b     b waits on the stack below a,
 *                                                          which knows its last position, 9
 * </pre>
 */
final class RingSweep {

	static final long CIRCLE = 1L << 32;

	private static final int RANK_BITS = 31;

	private static final int RANK_MASK = Integer.MAX_VALUE;

	private final int[] weights;

	private final int[] ranks;

	private final long[] origins;

	private final long[] lasts;

	private int depth;

	private int[] starts;

	private int[] owners;

	private int size;

	/**
	 * Creates a pass.
	 * @param weights the weight of each instance by its rank, which is its position among
	 * the instances with a weight, ordered by address; at least 1
	 * @param points the number of points, as the initial capacity
	 */
	RingSweep(int[] weights, int points) {
		this.weights = weights;
		this.ranks = new int[weights.length];
		this.origins = new long[weights.length];
		this.lasts = new long[weights.length];
		this.starts = new int[points];
		this.owners = new int[points];
	}

	/**
	 * Encodes a point with a position below 2^32; points are ordered by position and then
	 * by rank.
	 */
	static long point(long position, int rank) {
		return (position << RANK_BITS) | rank;
	}

	/**
	 * Runs the pass.
	 * @param points the points in ascending order
	 * @return this object
	 */
	RingSweep over(long[] points) {
		for (long lap = 0; lap <= CIRCLE; lap += CIRCLE) {
			for (long point : points) {
				long position = lap + (point >>> RANK_BITS);
				uncover(position);
				push((int) (point & RANK_MASK), position);
				keep(position);
			}
			uncover(lap + CIRCLE);
			keep(lap + CIRCLE);
		}
		return this;
	}

	/**
	 * Removes the lines that have been crossed by the lines below them before a position.
	 */
	private void uncover(long position) {
		while (this.depth > 0 && this.lasts[this.depth - 1] < position) {
			long border = this.lasts[--this.depth] + 1;
			keep(border);
		}
	}

	private void push(int rank, long position) {
		while (this.depth > 0 && last(rank, position) >= this.lasts[this.depth - 1]) {
			this.depth--;
		}
		this.lasts[this.depth] = last(rank, position);
		this.ranks[this.depth] = rank;
		this.origins[this.depth++] = position;
	}

	/**
	 * Returns the last position at which a new line isn't above the line at the top of
	 * the stack.
	 */
	private long last(int rank, long position) {
		if (this.depth == 0) {
			return Long.MAX_VALUE;
		}
		int top = this.depth - 1;
		long weight = this.weights[rank];
		long more = this.weights[this.ranks[top]] - weight;
		return (more <= 0) ? Long.MAX_VALUE : position + (position - this.origins[top]) * weight / more;
	}

	/** Records the owner from a position on, if the position is in the second lap. */
	private void keep(long position) {
		if (position < CIRCLE || position >= 2 * CIRCLE) {
			return;
		}
		int owner = this.ranks[this.depth - 1];
		int start = (int) position;
		if (this.size > 0 && this.starts[this.size - 1] == start) {
			this.size--;
		}
		if (this.size > 0 && this.owners[this.size - 1] == owner) {
			return;
		}
		if (this.size == this.starts.length) {
			this.starts = Arrays.copyOf(this.starts, 2 * this.size);
			this.owners = Arrays.copyOf(this.owners, 2 * this.size);
		}
		this.starts[this.size] = start;
		this.owners[this.size++] = owner;
	}

	/**
	 * Returns the start of each segment, ascending as unsigned numbers; the first segment
	 * starts at 0.
	 */
	int[] starts() {
		return Arrays.copyOf(this.starts, this.size);
	}

	/** Returns the rank of the owner of each segment. */
	int[] owners() {
		return Arrays.copyOf(this.owners, this.size);
	}

}
