package io.eas.loadbalancer.hash;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

import io.eas.instance.EasInstance;
import io.eas.loadbalancer.weighted.BucketSort;

/**
 * Ring of hashes. Each hash is owned by an instance, so that calls with the same key go
 * to the same instance. Immutable. The ring depends only on the instances, and not on
 * their order.
 *
 * <p>
 * All instances have the same number of points on the ring, which are hashes of the
 * address. A hash is owned by the instance with the smallest value of distance / weight,
 * where the distance is measured from the instance's preceding point forward to the hash.
 * With equal weights, that is the ring of Karger et al. ("Consistent hashing and random
 * trees", STOC 1997). With different weights, it is the linear method of Schindelhauer
 * and Schomaker ("Weighted distributed hash tables", SPAA 2005), in which the shares are
 * proportional to the weights without more points for larger weights. Which of two
 * instances is nearer to a hash depends only on these two instances. So if an instance is
 * added or removed, or its weight changes, only the hashes that it gains or loses get
 * another owner. The fraction of such hashes is about equal to the change of the
 * instance's share.
 *
 * <p>
 * The more points there are, the closer the share of an instance is to its weight:
 *
 * <pre>
 * points of each instance       52    128    256    512
 * standard deviation          14 %    9 %    6 %    4 %
 * largest share of 100       +38 %  +24 %  +17 %  +11 %
 * </pre>
 *
 * <p>
 * An instance has 256 points, with which the largest share of 100 instances is below the
 * bound of {@link BoundedRing}. More than 2048 instances have 2^19 points in total, which
 * is 52 points each for 10,000 instances, so that a ring takes less than 10 MB. In that
 * case, adding or removing an instance may change the number of points of the other
 * instances by one, and on average the fraction of hashes that get another owner is twice
 * the share of the instance.
 *
 * <p>
 * An instance with weight 0 owns no hash; if all weights are 0, each counts as 1.
 */
final class HashRing {

	private static final int POINTS = 256;

	private static final int MOST_POINTS = 1 << 19;

	/** The start of each segment of the ring, ascending as unsigned numbers. */
	private final int[] starts;

	private final int[] owners;

	/** The effective weight of each instance. */
	private final int[] weights;

	/**
	 * The guide table. It divides the ring into pieces of equal size, and contains the
	 * segment at the start of each piece.
	 */
	private final int[] guide;

	private final int shift;

	/**
	 * Builds the ring.
	 * @param instances the instances; at least one, without duplicate addresses
	 * @param weights the weight of each instance; at least 0
	 */
	HashRing(EasInstance[] instances, int[] weights) {
		boolean drained = Arrays.stream(weights).allMatch((weight) -> weight == 0);
		this.weights = drained ? IntStream.generate(() -> 1).limit(weights.length).toArray() : weights.clone();
		int[] carrying = IntStream.range(0, instances.length)
			.filter((i) -> this.weights[i] > 0)
			.boxed()
			.sorted(Comparator.comparing((i) -> instances[i]))
			.mapToInt(Integer::intValue)
			.toArray();
		long[] points = points(Arrays.stream(carrying).mapToObj((i) -> instances[i].address()).toArray(String[]::new));
		RingSweep sweep = new RingSweep(Arrays.stream(carrying).map(this::weight).toArray(), points.length)
			.over(points);
		this.starts = sweep.starts();
		this.owners = Arrays.stream(sweep.owners()).map((rank) -> carrying[rank]).toArray();
		this.shift = Math.min(31, 1 + Integer.numberOfLeadingZeros(this.starts.length));
		this.guide = guide();
	}

	/** Returns the points of all instances in the order of the ring. */
	private static long[] points(String[] addresses) {
		int each = Math.min(POINTS, MOST_POINTS / addresses.length);
		long[] points = new long[each * addresses.length];
		int count = 0;
		for (int rank = 0; rank < addresses.length; rank++) {
			long hash = KeyHash.of(addresses[rank]);
			for (int n = 0; n < each; n++) {
				points[count++] = RingSweep.point(hash >>> 32, rank);
				hash = KeyHash.next(hash);
			}
		}
		return BucketSort.sorted(points);
	}

	private int[] guide() {
		int[] pieces = new int[1 << (32 - this.shift)];
		int segment = 0;
		for (int piece = 0; piece < pieces.length; piece++) {
			segment = segment(segment, piece << this.shift);
			pieces[piece] = segment;
		}
		return pieces;
	}

	/**
	 * Finds the owner of a hash, in constant expected time and without allocation.
	 * @param hash the hash; only its high half is used
	 * @return the index of the owner among the instances from which the ring was built
	 */
	int owner(long hash) {
		int position = (int) (hash >>> 32);
		return this.owners[segment(this.guide[position >>> this.shift], position)];
	}

	/** Returns the number of instances, including those that own no hash. */
	int size() {
		return this.weights.length;
	}

	/**
	 * Returns the number of segments. A segment takes about 12 bytes: its start, its
	 * owner and its part of the guide table.
	 */
	int segments() {
		return this.starts.length;
	}

	/** Returns the effective weight of an instance; 0 if the instance owns no hash. */
	int weight(int index) {
		return this.weights[index];
	}

	/**
	 * Returns the segment that contains a position, searching forward from another
	 * segment.
	 */
	private int segment(int from, int position) {
		int segment = from;
		while (segment + 1 < this.starts.length && Integer.compareUnsigned(this.starts[segment + 1], position) <= 0) {
			segment++;
		}
		return segment;
	}

}
