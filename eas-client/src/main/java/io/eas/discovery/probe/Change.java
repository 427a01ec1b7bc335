package io.eas.discovery.probe;

import io.eas.instance.EasInstance;

/**
 * A result that differs from the one before.
 *
 * @param instance the instance
 * @param before its results without it
 * @param after its results with it
 */
record Change(EasInstance instance, Tally before, Tally after) {

	/** Whether a check that has passed follows one that has failed, or the reverse. */
	boolean isTurn() {
		return this.before.success() != this.after.success();
	}

	boolean isVerdict() {
		return this.before.verdict() != this.after.verdict();
	}

	boolean isFailing() {
		return this.after.verdict() == Verdict.FAILING;
	}

}
