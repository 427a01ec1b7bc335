package io.eas.loadbalancer.selection;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Limits the number of log lines of one kind: of the lines within ten seconds, the first
 * {@value #SHOWN} are written and the other lines are counted. Thread-safe.
 */
final class LogRateLimiter {

	static final int SHOWN = 20;

	private static final long WINDOW = TimeUnit.SECONDS.toNanos(10);

	private final LongSupplier clock;

	private int lines;

	private long begun;

	LogRateLimiter(LongSupplier clock) {
		this.clock = clock;
	}

	/** Returns the next line. */
	synchronized Line next() {
		long now = this.clock.getAsLong();
		int heldBack = 0;
		if (this.lines == 0 || now - this.begun > WINDOW) {
			heldBack = Math.max(0, this.lines - SHOWN);
			this.begun = now;
			this.lines = 0;
		}
		return new Line(++this.lines, heldBack);
	}

	/**
	 * A line that may be written.
	 *
	 * @param number the ordinal of the line within the ten seconds, from 1
	 * @param heldBack the number of lines that were suppressed before this one; always 0
	 * except for the first line
	 */
	record Line(int number, int heldBack) {

		boolean isShown() {
			return this.number <= SHOWN;
		}

		boolean isLast() {
			return this.number == SHOWN;
		}

	}

}
