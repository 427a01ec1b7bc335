package io.eas.loadbalancer.prefix;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.InstanceState;
import io.eas.loadbalancer.hash.HashPicker;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one list that a pick looks at: all, if there are up to {@value #MOST},
 * and otherwise as many, so that a pick costs the same with any number. These are the
 * instances that {@link BlockHolders} finds for the prompt, its home, and others at
 * random, by weight. The idlest of some random ones is nearly as idle as the idlest of
 * all (Mitzenmacher, "The power of two choices in randomized load balancing", 2001).
 *
 * <p>
 * An example with 1,000 instances and the next turn of a conversation, which begins with
 * a system prompt of 9 blocks. The last turn went to instance a and had 37 blocks:
 *
 * <pre>
 * the last known block is 37, which a has            looked at: a
 * half of that is block 18, which a has
 * then block 9, which a, e, h and k had last                    e, h, k
 * then blocks 4, 2 and 1, which they had, too
 * the home of the first block that isn't common                 s
 * others at random                                              59 of 1,000
 * </pre>
 *
 * Guarded by the lock of {@link PrefixAware}.
 */
final class PickSample {

	/** The most instances that a pick looks at. */
	static final int MOST = 64;

	/** The most of them that are taken for what they may know. */
	private static final int MOST_HOLDERS = 16;

	private final Candidates candidates;

	private final HashPicker ring;

	/** The index of each instance in the list. One may be there twice. */
	private final int[] sample;

	/** The hash code and the index of each instance of the list, sorted. */
	private final long[] indexes;

	PickSample(Candidates candidates, HashPicker ring) {
		this.candidates = candidates;
		this.ring = ring;
		List<InstanceState> states = candidates.states();
		this.sample = IntStream.range(0, Math.min(MOST, states.size())).toArray();
		this.indexes = IntStream.range(0, states.size())
			.mapToLong((index) -> ((long) states.get(index).instance().hashCode() << 32) + index)
			.sorted()
			.toArray();
	}

	boolean isAll() {
		return this.sample.length == this.indexes.length;
	}

	int size() {
		return this.sample.length;
	}

	/** Returns the index of an instance of the sample in the list. */
	int index(int i) {
		return this.sample[i];
	}

	/**
	 * Begins the sample with the instances that may know a prompt.
	 * @param holders the table, or null if the newest list is short
	 * @param prompt the blocks of the prompt
	 * @return the number of these instances; that of all if the sample has all
	 */
	int holders(@Nullable BlockHolders holders, long[] prompt) {
		if (isAll()) {
			return this.sample.length;
		}
		int found = (holders != null) ? holders.find(prompt, this.sample, MOST_HOLDERS) : 0;
		int size = 0;
		for (int i = 0; i < found; i++) {
			int index = indexOf(this.sample[i]);
			if (index >= 0) {
				this.sample[size++] = index;
			}
		}
		return size;
	}

	private int indexOf(int hashCode) {
		int found = Arrays.binarySearch(this.indexes, (long) hashCode << 32);
		int at = (found >= 0) ? found : -found - 1;
		return (at < this.indexes.length && (int) (this.indexes[at] >> 32) == hashCode) ? (int) this.indexes[at] : -1;
	}

	/**
	 * Fills the sample, unless it has all.
	 * @param from the number of instances that it has
	 * @param home the index of the home of the prompt, or -1
	 */
	void others(int from, int home) {
		if (isAll()) {
			return;
		}
		int next = from;
		if (home >= 0) {
			this.sample[next++] = home;
		}
		RandomGenerator random = this.candidates.random().get();
		while (next < this.sample.length) {
			this.sample[next++] = this.ring.owner(random.nextLong());
		}
	}

}
