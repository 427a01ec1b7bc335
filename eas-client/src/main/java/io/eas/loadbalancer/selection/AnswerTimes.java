package io.eas.loadbalancer.selection;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * How long the answers of the last 10 to 20 seconds took: a histogram whose classes grow
 * by an eighth of a power of two, so that a quantile is at most 12.5 % too high. Written
 * by any thread without a lock, where now and then one may get lost; rolled on by one.
 */
final class AnswerTimes {

	private static final long WINDOW = TimeUnit.SECONDS.toNanos(10);

	private static final int STEP_BITS = 3;

	private static final int STEPS = 1 << STEP_BITS;

	/** Shorter times, of 0.1 ms and less, are in the first class. */
	private static final int UNIT_BITS = 17;

	private static final int CLASSES = (Long.SIZE - 1 - UNIT_BITS) * STEPS;

	private volatile AtomicIntegerArray current = new AtomicIntegerArray(CLASSES);

	private volatile AtomicIntegerArray previous = new AtomicIntegerArray(CLASSES);

	private long begun;

	AnswerTimes(long now) {
		this.begun = now;
	}

	/** An answer took so long. */
	void record(long nanos) {
		AtomicIntegerArray counts = this.current;
		int index = index(nanos);
		counts.setOpaque(index, counts.getOpaque(index) + 1);
	}

	/** Forgets what is old. */
	void roll(long now) {
		if (now - this.begun > WINDOW) {
			this.begun = now;
			this.previous = this.current;
			this.current = new AtomicIntegerArray(CLASSES);
		}
	}

	/**
	 * The time within which a share of the answers came.
	 * @param share from 0 to 1
	 * @return nanoseconds, the upper end of a class; 0 if there was no answer
	 */
	long quantile(double share) {
		AtomicIntegerArray[] windows = { this.current, this.previous };
		long all = 0;
		for (AtomicIntegerArray window : windows) {
			for (int index = 0; index < CLASSES; index++) {
				all += window.getOpaque(index);
			}
		}
		long slower = all - (long) Math.ceil(all * share);
		for (int index = CLASSES - 1; index >= 0; index--) {
			int count = windows[0].getOpaque(index) + windows[1].getOpaque(index);
			slower -= count;
			if (count > 0 && slower < 0) {
				return end(index);
			}
		}
		return 0;
	}

	private static int index(long nanos) {
		long units = (nanos >>> (UNIT_BITS - STEP_BITS));
		if (nanos < 0 || units < STEPS) {
			return 0;
		}
		int doublings = Long.SIZE - 1 - STEP_BITS - Long.numberOfLeadingZeros(units);
		int step = (int) (units >>> doublings) - STEPS;
		return Math.min(CLASSES - 1, 1 + doublings * STEPS + step);
	}

	/** The first time that is longer than those of a class. */
	private static long end(int index) {
		int doublings = (index == 0) ? 0 : (index - 1) / STEPS;
		long step = (index == 0) ? 0 : (index - 1) % STEPS + 1L;
		return (STEPS + step) << (doublings + UNIT_BITS - STEP_BITS);
	}

}
