package io.eas.discovery.probe;

/**
 * How many equal results in a row it takes to change a verdict.
 *
 * <p>
 * With 2 successes and 3 failures needed, results lead from UNPROVEN (U) to PASSING (P)
 * and FAILING (F) so: <pre>
 * result   s f s s f f s f f f f s
 * in a row 1 1 1 2 1 2 1 1 2 3 4 1
 * verdict  U U U P P P P P P F F F
 * </pre> Source: {@code doProbe} in kubernetes {@code pkg/kubelet/prober/worker.go}.
 *
 * @param successes so many successes, at least 1
 * @param failures so many failures, at least 1
 */
record Threshold(int successes, int failures) {

	/** The verdict after so many equal results, where it was another before. */
	Verdict verdict(Verdict before, boolean success, int inARow) {
		if (inARow < (success ? this.successes : this.failures)) {
			return before;
		}
		return success ? Verdict.PASSING : Verdict.FAILING;
	}

}
