package io.eas.discovery.probe;

/**
 * The number of equal consecutive results that change a verdict.
 *
 * <p>
 * Example: with thresholds of 2 successes and 3 failures, the following results lead from
 * UNPROVEN (U) to PASSING (P) and FAILING (F), where s is a success and f a failure:
 * <pre>
 * result   s f s s f f s f f f f s
 * in a row 1 1 1 2 1 2 1 1 2 3 4 1
 * verdict  U U U P P P P P P F F F
 * </pre> Source: {@code doProbe} in kubernetes {@code pkg/kubelet/prober/worker.go}.
 *
 * @param successes the number of successes; at least 1
 * @param failures the number of failures; at least 1
 */
record Threshold(int successes, int failures) {

	/** Returns the verdict after a number of equal consecutive results. */
	Verdict verdict(Verdict before, boolean success, int inARow) {
		if (inARow < (success ? this.successes : this.failures)) {
			return before;
		}
		return success ? Verdict.PASSING : Verdict.FAILING;
	}

}
