package io.eas.emulator.lifecycle;

import io.eas.deployment.model.CheckKind;
import io.eas.emulator.probe.ProbeResult;
import org.jspecify.annotations.Nullable;

/**
 * The results of one kind of check. The verdict is about one process, but the count of
 * equal results continues across restarts. A restart after a failed liveness or startup
 * check resets the count of that check.
 *
 * @param verdict the state that the results lead to
 * @param success whether the last counted result was a success
 * @param inARow the number of equal consecutive results
 * @param last the last result, counted or not
 */
record ConsecutiveResults(Verdict verdict, boolean success, int inARow, @Nullable ProbeResult last) {

	static ConsecutiveResults of(CheckKind kind) {
		return new ConsecutiveResults(Verdict.initial(kind), false, 0, null);
	}

	ConsecutiveResults with(ProbeResult result, Threshold threshold) {
		if (result instanceof ProbeResult.Discarded) {
			return new ConsecutiveResults(this.verdict, this.success, this.inARow, result);
		}
		boolean passed = result instanceof ProbeResult.Success;
		int row = (passed == this.success) ? this.inARow + 1 : 1;
		return new ConsecutiveResults(threshold.verdict(this.verdict, passed, row), passed, row, result);
	}

	/** Counts the result of a check whose process has ended meanwhile. */
	ConsecutiveResults withLate(CheckKind kind, ProbeResult result, Threshold threshold) {
		ConsecutiveResults counted = forNextProcess(kind).with(result, threshold).forNextProcess(kind);
		return new ConsecutiveResults(this.verdict, counted.success, counted.inARow, this.last);
	}

	ConsecutiveResults forNextProcess(CheckKind kind) {
		boolean onHold = kind != CheckKind.READINESS && this.verdict == Verdict.FAILURE;
		return new ConsecutiveResults(Verdict.initial(kind), this.success, onHold ? 0 : this.inARow, null);
	}

	/** Returns why the verdict is failure. */
	String reason(CheckKind kind) {
		String times = (this.inARow == 1) ? " failed" : " failed " + this.inARow + " times in a row";
		return kind.key() + times + ((this.last != null) ? ": " + this.last.detail() : "");
	}

}
