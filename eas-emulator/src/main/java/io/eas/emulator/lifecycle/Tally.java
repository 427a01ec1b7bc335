package io.eas.emulator.lifecycle;

import io.eas.deployment.model.CheckKind;
import io.eas.emulator.probe.ProbeResult;
import org.jspecify.annotations.Nullable;

/**
 * The results of one kind of check in one run.
 *
 * @param verdict what they amount to
 * @param success whether the last one that counts was a success
 * @param inARow so many like it in a row
 * @param last the last one, whether or not it counts
 */
record Tally(Verdict verdict, boolean success, int inARow, @Nullable ProbeResult last) {

	static Tally of(CheckKind kind) {
		return new Tally(Verdict.initial(kind), false, 0, null);
	}

	Tally with(ProbeResult result, Threshold threshold) {
		if (result instanceof ProbeResult.Discarded) {
			return new Tally(this.verdict, this.success, this.inARow, result);
		}
		boolean passed = result instanceof ProbeResult.Success;
		int row = (passed == this.success) ? this.inARow + 1 : 1;
		return new Tally(threshold.verdict(this.verdict, passed, row), passed, row, result);
	}

	/** Why the verdict is failure. */
	String reason(CheckKind kind) {
		String times = (this.inARow == 1) ? " failed" : " failed " + this.inARow + " times in a row";
		return kind.key() + times + ((this.last != null) ? ": " + this.last.detail() : "");
	}

}
