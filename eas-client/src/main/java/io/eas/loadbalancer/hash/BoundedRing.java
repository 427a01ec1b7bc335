package io.eas.loadbalancer.hash;

import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/**
 * Which instance takes a call with a key: the owner of its hash, unless that carries more
 * than 5/4 of its share of the calls in flight. Immutable.
 *
 * <p>
 * The bound is that of Mirrokni, Thorup and Zadimoghaddam ("Consistent hashing with
 * bounded loads", SODA 2018): an instance takes no more than the least whole number at or
 * above 5/4 x (calls in flight, this one included) x weight / sum of weights. What goes
 * beyond it doesn't go on to the neighbour on the ring, as there, but to the owner of the
 * next of a sequence of hashes made from the key's (Chen, Coleman and Shrivastava,
 * "Revisiting consistent hashing with bounded loads", AAAI 2021): so the calls of one
 * drowning instance are shared out by weight instead of drowning the neighbour next. A
 * key's sequence is always the same, so its second choice is as stable as its first.
 *
 * <p>
 * As the full ones can't be more than 4/5 by weight, a try fails with a probability of
 * 4/5 at most, and an owner is found after five tries or fewer on average, where all may
 * be used. After 32 that failed, all are gone through in turn.
 */
final class BoundedRing {

	private static final int TRIES = 32;

	private final HashRing ring;

	/**
	 * A ring with its bounds.
	 * @param ring the ring
	 */
	BoundedRing(HashRing ring) {
		this.ring = ring;
	}

	/**
	 * Picks the instance for a call, without allocation.
	 * @param hash the hash of the call's key
	 * @param inFlight the calls in flight by instance
	 * @param usable whether an instance may be picked
	 * @param total the calls in flight at all instances that may be
	 * @param weight the sum of the weights of all instances that may be
	 * @return the index of an instance; if all are at their bounds, as may be for a
	 * moment or where more of them can't be used than the total and the weight say, the
	 * one with the fewest calls for its weight; -1 if none that has a weight can be used
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

	/** Multiplied out, so that it is exact for any numbers there are in practice. */
	private boolean isBelowBound(int index, int calls, long total, long weight) {
		return 4.0 * calls * weight < 5.0 * (total + 1) * this.ring.weight(index);
	}

}
