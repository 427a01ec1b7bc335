package io.eas.discovery.probe;

import io.eas.instance.EasInstance;

/**
 * The effect of a result of a health check.
 *
 * @param instance the instance
 * @param before the tally before the result
 * @param after the tally after the result
 */
record Change(EasInstance instance, Tally before, Tally after) {

	/** Returns whether a success follows a failure, or a failure follows a success. */
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
