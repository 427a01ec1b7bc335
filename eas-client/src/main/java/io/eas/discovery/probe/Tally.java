package io.eas.discovery.probe;

import org.jspecify.annotations.Nullable;

/**
 * The results of the health checks of an instance so far. Immutable.
 *
 * @param verdict the verdict that follows from the results
 * @param success whether the last result was a success; discarded results don't count
 * @param inARow the number of equal results in a row, up to the last one; discarded
 * results don't count
 * @param last the last result, which may be a discarded one; null before the first result
 */
record Tally(Verdict verdict, boolean success, int inARow, @Nullable ProbeResult last) {

	/** The tally before the first check. */
	static final Tally EMPTY = new Tally(Verdict.UNPROVEN, false, 0, null);

	Tally with(ProbeResult result, Threshold threshold) {
		if (result instanceof ProbeResult.Discarded) {
			return new Tally(this.verdict, this.success, this.inARow, result);
		}
		boolean passed = result instanceof ProbeResult.Passed;
		int row = (passed == this.success) ? this.inARow + 1 : 1;
		return new Tally(threshold.verdict(this.verdict, passed, row), passed, row, result);
	}

	/** Returns the reason of the verdict. */
	String reason() {
		String detail = (this.last != null) ? this.last.detail() : "not checked yet";
		return (this.success || this.inARow < 2) ? detail : this.inARow + " times in a row, the last: " + detail;
	}

	/** Returns whether the last check passed, but may be misconfigured. */
	boolean isDubious() {
		return this.last instanceof ProbeResult.Passed passed && passed.dubious();
	}

	ProbeState state() {
		return new ProbeState(this.verdict, (this.last != null) ? this.last.detail() : null);
	}

}
