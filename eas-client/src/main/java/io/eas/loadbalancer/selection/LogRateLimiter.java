package io.eas.loadbalancer.selection;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many lines of one kind are written: the first {@value #SHOWN} of those that come
 * within ten seconds. The rest is counted. Thread-safe.
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

	/** The next line. */
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
	 * @param number which it is, counted from 1
	 * @param heldBack how many were held back before the first
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
