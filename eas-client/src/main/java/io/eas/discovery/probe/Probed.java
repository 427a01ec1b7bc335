package io.eas.discovery.probe;

import io.eas.instance.EasInstance;

/**
 * An instance and its results so far.
 *
 * @param instance the instance
 * @param tally the results
 */
record Probed(EasInstance instance, Tally tally) {

	boolean isFailing() {
		return this.tally.verdict() == Verdict.FAILING;
	}

	/** Whether calls may go to it. */
	boolean isFit(boolean beforeUse) {
		return this.tally.verdict() == Verdict.PASSING || (!beforeUse && !isFailing());
	}

	/**
	 * Whether nothing speaks against it, not even a single failed check. More isn't
	 * needed of an instance that is no longer listed.
	 */
	boolean isFlawless() {
		return this.tally.verdict() == Verdict.PASSING && this.tally.success();
	}

}
