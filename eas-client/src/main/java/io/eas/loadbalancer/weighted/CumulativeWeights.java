package io.eas.loadbalancer.weighted;

import java.util.Arrays;
import java.util.List;

import io.eas.instance.EasInstance;
import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.InstanceState;
import io.eas.loadbalancer.weighted.WeightEdits.Edit;
import org.jspecify.annotations.Nullable;

/**
 * The cumulative weights of the instances of a list. The instances are laid out end to
 * end on a line, each as long as its weight, in an order that differs from client to
 * client. Immutable.
 *
 * <pre>
 *   weights 50, 10, 20, divided by 10      a   a   a   a   a   b   c   c
 *   points of the line                   0   1   2   3   4   5   6   7   8
 *   ends                                                     5   6       8
 * </pre>
 *
 * <p>
 * Weights are divided by their greatest common divisor. An instance with weight 0 is not
 * on the line; if all weights are 0, each counts as 1. If the next list differs in few
 * instances, its line is derived from this one in a pass over arrays of numbers. This
 * avoids reading the instances: there may be thousands, scattered over the heap.
 */
final class CumulativeWeights {

	private final Candidates candidates;

	private final int seed;

	/** The greatest common divisor of the weights; 0 if all weights are 0. */
	private final int divisor;

	/** The instances in the order of the line. */
	final InstanceState[] states;

	/** The end of each instance on the line; the last end is the length of the line. */
	final long[] ends;

	/** The sort keys of the instances, ascending; see {@link #place}. */
	private final int[] places;

	private CumulativeWeights(Candidates candidates, int seed, int divisor) {
		this.candidates = candidates;
		this.seed = seed;
		this.divisor = divisor;
		this.states = new InstanceState[candidates.carrying()];
		this.ends = new long[candidates.carrying()];
		this.places = new int[candidates.carrying()];
	}

	/**
	 * Creates the line of a list.
	 * @param candidates the instances
	 * @param seed determines the order
	 */
	static CumulativeWeights of(Candidates candidates, int seed) {
		List<EasInstance> instances = candidates.list().instances();
		int[] weights = instances.stream().mapToInt(EasInstance::weight).toArray();
		CumulativeWeights line = new CumulativeWeights(candidates, seed, divisor(weights));
		long[] order = line.order(instances);
		List<InstanceState> states = candidates.states();
		for (int i = 0; i < order.length; i++) {
			int index = (int) order[i];
			int place = (int) (order[i] >>> Integer.SIZE);
			line.put(i, states.get(index), place, line.length(weights[index]));
		}
		return line;
	}

	private static int divisor(int[] weights) {
		int divisor = 0;
		for (int weight : weights) {
			if (weight != divisor && divisor != 1) {
				// rarely executed: most weights are equal, or the divisor is soon 1
				divisor = (int) gcd(divisor, weight);
			}
		}
		return divisor;
	}

	static long gcd(long a, long b) {
		return (b == 0) ? a : gcd(b, a % b);
	}

	/**
	 * Returns the order of the instances by place: the upper half of each number is the
	 * place of an instance, and the lower half its index.
	 */
	private long[] order(List<EasInstance> instances) {
		long[] order = new long[size()];
		int count = 0;
		for (int i = 0; i < instances.size(); i++) {
			EasInstance instance = instances.get(i);
			if (takes(instance)) {
				order[count++] = ((long) place(instance) << Integer.SIZE) | i;
			}
		}
		return BucketSort.sorted(order);
	}

	/**
	 * Returns the sort key of an instance. The key is random and differs between clients.
	 */
	int place(EasInstance instance) {
		return scramble(instance.hashCode() ^ this.seed);
	}

	/**
	 * Mixes a hash with the finalizer of MurmurHash3, so that neighbouring addresses have
	 * very different places.
	 */
	private static int scramble(int hash) {
		int h = (hash ^ (hash >>> 16)) * 0x85ebca6b;
		h = (h ^ (h >>> 13)) * 0xc2b2ae35;
		return h ^ (h >>> 16);
	}

	private void put(int index, InstanceState state, int place, long length) {
		this.states[index] = state;
		this.places[index] = place;
		this.ends[index] = start(index) + length;
	}

	/**
	 * Creates the line of the next list.
	 * @param next the instances of the next list
	 * @return the same line as {@link #of} creates with the same seed
	 */
	CumulativeWeights next(Candidates next) {
		boolean alike = (next.weight() == 0) == (this.divisor == 0);
		WeightEdits edits = alike ? WeightEdits.of(this, this.candidates, next) : null;
		CumulativeWeights line = (edits != null) ? edited(next, edits) : null;
		return (line != null) ? line : of(next, this.seed);
	}

	/**
	 * Returns this line with the edits applied, or null if the edits change the greatest
	 * common divisor of the weights.
	 */
	private @Nullable CumulativeWeights edited(Candidates next, WeightEdits edits) {
		CumulativeWeights line = new CumulativeWeights(next, this.seed, this.divisor);
		int index = 0;
		int from = 0;
		for (Edit edit : edits.inOrder()) {
			index = line.copy(this, from, edit.index(), index);
			from = edit.index();
			InstanceState added = edit.added();
			if (added != null) {
				EasInstance instance = added.instance();
				line.put(index++, added, place(instance), line.length(instance.weight()));
			}
			else {
				from++;
			}
		}
		line.copy(this, from, size(), index);
		return line.isReduced() ? line : null;
	}

	private int copy(CumulativeWeights other, int from, int to, int index) {
		int count = to - from;
		System.arraycopy(other.states, from, this.states, index, count);
		System.arraycopy(other.places, from, this.places, index, count);
		long shift = start(index) - other.start(from);
		for (int n = 0; n < count; n++) {
			this.ends[index + n] = other.ends[from + n] + shift;
		}
		return index + count;
	}

	/**
	 * Returns the index of the first instance on the line that doesn't come before the
	 * given instance, or the size if there is none.
	 */
	int position(EasInstance instance) {
		int place = place(instance);
		int index = first(place);
		while (index < size() && this.places[index] == place && this.states[index].instance().compareTo(instance) < 0) {
			index++;
		}
		return index;
	}

	private boolean isReduced() {
		long common = 0;
		for (int i = 0; i < size() && common != 1; i++) {
			common = gcd(weight(i), common);
		}
		return common == 1;
	}

	/**
	 * Returns whether an instance is on the line: if its weight is above 0, or if all
	 * weights are 0.
	 */
	boolean takes(EasInstance instance) {
		return this.divisor == 0 || instance.weight() > 0;
	}

	/**
	 * Returns whether the divisor of this line also divides the weight of an instance.
	 */
	boolean divides(EasInstance instance) {
		return this.divisor <= 1 || instance.weight() % this.divisor == 0;
	}

	/** Returns the length of a weight on the line. Most weights need no division. */
	private int length(int weight) {
		return (weight == this.divisor) ? 1 : (this.divisor == 1) ? weight : weight / this.divisor;
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

	/** Returns the point of the line at which the instance with an index starts. */
	long start(int index) {
		return (index == 0) ? 0 : this.ends[index - 1];
	}

	/** Returns the reduced weight of the instance with an index. */
	long weight(int index) {
		return this.ends[index] - start(index);
	}

	/**
	 * Returns the index of an instance on the line, or -1 if the instance isn't on the
	 * line.
	 */
	int indexOf(EasInstance instance) {
		int place = place(instance);
		for (int index = first(place); index < size() && this.places[index] == place; index++) {
			if (this.states[index].instance().equals(instance)) {
				return index;
			}
		}
		return -1;
	}

	/** Returns the first index whose place is at or after the given place. */
	private int first(int place) {
		int found = Arrays.binarySearch(this.places, place);
		int index = (found >= 0) ? found : -1 - found;
		while (index > 0 && this.places[index - 1] == place) {
			index--;
		}
		return index;
	}

}
