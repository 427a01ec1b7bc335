package io.eas.discovery.probe;

import org.jspecify.annotations.Nullable;

/**
 * The results of one instance so far. Immutable.
 *
 * @param verdict what they amount to
 * @param success whether the last one that counts was a success
 * @param inARow so many like it in a row
 * @param last the last one, whether or not it counts; null before the first
 */
record Tally(Verdict verdict, boolean success, int inARow, @Nullable ProbeResult last) {

	/** Before the first check. */
	static final Tally EMPTY = new Tally(Verdict.UNPROVEN, false, 0, null);

	Tally with(ProbeResult result, Threshold threshold) {
		if (result instanceof ProbeResult.Discarded) {
			return new Tally(this.verdict, this.success, this.inARow, result);
		}
		boolean passed = result instanceof ProbeResult.Passed;
		int row = (passed == this.success) ? this.inARow + 1 : 1;
		return new Tally(threshold.verdict(this.verdict, passed, row), passed, row, result);
	}

	/** Why the verdict is what it is, or none yet. */
	String reason() {
		String detail = (this.last != null) ? this.last.detail() : "not checked yet";
		return (this.success || this.inARow < 2) ? detail : this.inARow + " times in a row, the last: " + detail;
	}

	/** Whether the last check has passed, but shows that it may be the wrong one. */
	boolean isDubious() {
		return this.last instanceof ProbeResult.Passed passed && passed.dubious();
	}

	ProbeState state() {
		return new ProbeState(this.verdict, (this.last != null) ? this.last.detail() : null);
	}

}
