package io.eas.discovery.probe;

import io.eas.instance.EasInstance;

/**
 * An instance with the results of its health checks so far.
 *
 * @param instance the instance
 * @param tally the results
 */
record Probed(EasInstance instance, Tally tally) {

	boolean isFailing() {
		return this.tally.verdict() == Verdict.FAILING;
	}

	/** Returns whether calls may go to the instance. */
	boolean isFit(boolean beforeUse) {
		return this.tally.verdict() == Verdict.PASSING || (!beforeUse && !isFailing());
	}

	/**
	 * Returns whether the instance passes and its last check hasn't failed. An instance
	 * that is no longer listed is dropped after a single failed check.
	 */
	boolean isFlawless() {
		return this.tally.verdict() == Verdict.PASSING && this.tally.success();
	}

}
