package io.eas.emulator.lifecycle;

import io.eas.deployment.model.Timings;

/**
 * The number of equal consecutive results that changes a verdict.
 *
 * <p>
 * If 2 successes or 3 failures change the verdict and it is FAILURE at first, the results
 * (s, f) lead to these verdicts (S, F):
 *
 * <pre>
 * result   s f s s f f s f f f f s
 * in a row 1 1 1 2 1 2 1 1 2 3 4 1
 * verdict  F F F S S S S S S F F F
 * </pre>
 *
 * Source: {@code doProbe} in kubernetes {@code pkg/kubelet/prober/worker.go}.
 *
 * @param successes the number of successes
 * @param failures the number of failures
 */
record Threshold(int successes, int failures) {

	static Threshold of(Timings timings) {
		return new Threshold(timings.successThreshold(), timings.failureThreshold());
	}

	/** Returns the verdict after a number of equal consecutive results. */
	Verdict verdict(Verdict before, boolean success, int inARow) {
		if (inARow < (success ? this.successes : this.failures)) {
			return before;
		}
		return success ? Verdict.SUCCESS : Verdict.FAILURE;
	}

}
