package io.eas.instance;

import java.util.List;

/**
 * Iterates over two lists of instances side by side, in the order of their addresses, and
 * reports their differences. Ranges in which both lists have the same objects are found
 * by comparing references only. If one list was created from the other by
 * {@link InstanceList#next}, nearly all instances are in such ranges. Not thread-safe.
 */
public final class InstanceListDiff {

	private final List<EasInstance> before;

	private final List<EasInstance> after;

	private int indexBefore;

	private int indexAfter;

	private int nextBefore;

	private int nextAfter;

	/**
	 * Creates an iteration at the beginning of both lists.
	 * @param before the old instances, ordered by address and without duplicate addresses
	 * @param after the new instances, ordered by address
	 */
	public InstanceListDiff(List<EasInstance> before, List<EasInstance> after) {
		this.before = before;
		this.after = after;
	}

	/**
	 * Moves to the next step.
	 * @return the kind of the step; {@link Step#END} at the end and on all later
	 * invocations
	 */
	public Step next() {
		this.indexBefore = this.nextBefore;
		this.indexAfter = this.nextAfter;
		skipSame();
		if (this.nextBefore > this.indexBefore) {
			return Step.SAME;
		}
		int order = order();
		if (order == 0 && this.nextBefore == this.before.size()) {
			return Step.END;
		}
		this.nextBefore += (order <= 0) ? 1 : 0;
		this.nextAfter += (order >= 0) ? 1 : 0;
		return (order == 0) ? Step.RENEWED : (order < 0) ? Step.GONE : Step.ENTERED;
	}

	@SuppressWarnings("ReferenceEquality") // equal references mean equal values
	private void skipSame() {
		while (this.nextBefore < this.before.size() && this.nextAfter < this.after.size()
				&& this.before.get(this.nextBefore) == this.after.get(this.nextAfter)) {
			this.nextBefore++;
			this.nextAfter++;
		}
	}

	/**
	 * Compares the next addresses of both lists. The end of a list counts as greater than
	 * any address.
	 */
	private int order() {
		if (this.nextBefore == this.before.size() || this.nextAfter == this.after.size()) {
			return (this.nextBefore < this.before.size()) ? -1 : (this.nextAfter < this.after.size()) ? 1 : 0;
		}
		return this.before.get(this.nextBefore).compareTo(this.after.get(this.nextAfter));
	}

	/**
	 * Returns where the last step begins in the old list.
	 * @return an index; meaningless after {@link Step#ENTERED}
	 */
	public int indexBefore() {
		return this.indexBefore;
	}

	/**
	 * Returns where the last step begins in the new list.
	 * @return an index; meaningless after {@link Step#GONE}
	 */
	public int indexAfter() {
		return this.indexAfter;
	}

	/**
	 * Returns the number of instances in the last step.
	 * @return 1, or possibly more after {@link Step#SAME}
	 */
	public int length() {
		return Math.max(this.nextBefore - this.indexBefore, this.nextAfter - this.indexAfter);
	}

	/**
	 * The kind of a step.
	 */
	public enum Step {

		/** Both lists contain the same objects. */
		SAME,

		/**
		 * Both lists contain the address, in different objects. Other values such as the
		 * weight may differ.
		 */
		RENEWED,

		/** Only the old list contains the instance. */
		GONE,

		/** Only the new list contains the instance. */
		ENTERED,

		/** Neither list has further instances. */
		END

	}

}
