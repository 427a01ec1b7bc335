package io.eas.loadbalancer.hash;

import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/**
 * Consistent hashing with bounded loads: picks the owner of a key's hash, unless the
 * owner already has 5/4 of its share of the calls in flight. Immutable.
 *
 * <p>
 * The bound is that of Mirrokni, Thorup and Zadimoghaddam ("Consistent hashing with
 * bounded loads", SODA 2018): an instance takes at most ceil(5/4 x (calls in flight,
 * including this one) x weight / sum of weights) calls. Unlike in that paper, calls
 * beyond the bound don't go to the neighbour on the ring, but to the owner of the next
 * hash of a sequence that is derived from the key's hash (Chen, Coleman and Shrivastava,
 * "Revisiting consistent hashing with bounded loads", AAAI 2021). Thus the calls of an
 * overloaded instance are distributed by weight instead of overloading the neighbour
 * next. The sequence of a key is always the same, so the second choice of a key is as
 * stable as its first choice.
 *
 * <p>
 * Instances at their bound can have at most 4/5 of the weight. If all instances may be
 * used, a try therefore fails with a probability of at most 4/5, and on average an owner
 * is found within five tries. After 32 failed tries, all instances are checked in turn.
 */
final class BoundedRing {

	private static final int TRIES = 32;

	private final HashRing ring;

	/**
	 * Creates a ring with bounds.
	 * @param ring the ring
	 */
	BoundedRing(HashRing ring) {
		this.ring = ring;
	}

	/**
	 * Picks the instance for a call, without allocation.
	 * @param hash the hash of the call's key
	 * @param inFlight returns the number of calls in flight on an instance
	 * @param usable returns whether an instance may be picked
	 * @param total the number of calls in flight on all instances that may be picked
	 * @param weight the sum of the weights of all instances that may be picked
	 * @return the index of an instance below its bound. If all usable instances are at
	 * their bounds, it is the usable instance with the fewest calls relative to its
	 * weight. This happens for a moment, or if fewer instances are usable than the total
	 * and the weight refer to. -1 if no instance with a weight is usable
	 */
	int pick(long hash, IntUnaryOperator inFlight, IntPredicate usable, long total, long weight) {
		long tried = hash;
		for (int n = 0; n < TRIES; n++) {
			int owner = this.ring.owner(tried);
			if (usable.test(owner) && isBelowBound(owner, inFlight.applyAsInt(owner), total, weight)) {
				return owner;
			}
			tried = KeyHash.next(tried);
		}
		return search(this.ring.owner(tried), inFlight, usable, total, weight);
	}

	private int search(int start, IntUnaryOperator inFlight, IntPredicate usable, long total, long weight) {
		int best = -1;
		double least = Double.POSITIVE_INFINITY;
		for (int n = 0; n < this.ring.size(); n++) {
			int index = (start + n) % this.ring.size();
			if (this.ring.weight(index) > 0 && usable.test(index)) {
				int calls = inFlight.applyAsInt(index);
				if (isBelowBound(index, calls, total, weight)) {
					return index;
				}
				double load = (calls + 1.0) / this.ring.weight(index);
				if (load < least) {
					best = index;
					least = load;
				}
			}
		}
		return best;
	}

	/**
	 * Returns whether an instance is below its bound. The formula contains no division,
	 * so that it is exact for all numbers that occur in practice.
	 */
	private boolean isBelowBound(int index, int calls, long total, long weight) {
		return 4.0 * calls * weight < 5.0 * (total + 1) * this.ring.weight(index);
	}

}
