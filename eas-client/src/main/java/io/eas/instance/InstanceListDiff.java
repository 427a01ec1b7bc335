package io.eas.instance;

import java.util.List;

/**
 * A walk over two lists of instances side by side, in the order of their addresses, which
 * tells what the one has and the other hasn't. Where both have the same objects, which is
 * nearly everywhere if the one was made from the other by {@link InstanceList#next}, it
 * looks at no instance, only at references. Not thread-safe.
 */
public final class InstanceListDiff {

	private final List<EasInstance> before;

	private final List<EasInstance> after;

	private int indexBefore;

	private int indexAfter;

	private int nextBefore;

	private int nextAfter;

	/**
	 * A walk that is about to begin.
	 * @param before instances ordered by address, no address twice
	 * @param after instances ordered by address
	 */
	public InstanceListDiff(List<EasInstance> before, List<EasInstance> after) {
		this.before = before;
		this.after = after;
	}

	/**
	 * Goes on.
	 * @return what was found; {@link Step#END} at the end, and from then on
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

	@SuppressWarnings("ReferenceEquality") // what differs in nothing is the same object
	private void skipSame() {
		while (this.nextBefore < this.before.size() && this.nextAfter < this.after.size()
				&& this.before.get(this.nextBefore) == this.after.get(this.nextAfter)) {
			this.nextBefore++;
			this.nextAfter++;
		}
	}

	/** What has no more instances comes last. */
	private int order() {
		if (this.nextBefore == this.before.size() || this.nextAfter == this.after.size()) {
			return (this.nextBefore < this.before.size()) ? -1 : (this.nextAfter < this.after.size()) ? 1 : 0;
		}
		return this.before.get(this.nextBefore).compareTo(this.after.get(this.nextAfter));
	}

	/**
	 * Where the last step began in the list before.
	 * @return an index; of no use after {@link Step#ENTERED}
	 */
	public int indexBefore() {
		return this.indexBefore;
	}

	/**
	 * Where the last step began in the list after.
	 * @return an index; of no use after {@link Step#GONE}
	 */
	public int indexAfter() {
		return this.indexAfter;
	}

	/**
	 * How many instances the last step went over.
	 * @return 1, or more after {@link Step#SAME}
	 */
	public int length() {
		return Math.max(this.nextBefore - this.indexBefore, this.nextAfter - this.indexAfter);
	}

	/**
	 * What a step found.
	 */
	public enum Step {

		/** Both lists have these very objects. */
		SAME,

		/** Both have the address, in different objects; the weight may differ. */
		RENEWED,

		/** Only the list before has the instance. */
		GONE,

		/** Only the list after has the instance. */
		ENTERED,

		/** There is nothing more. */
		END

	}

}
