package io.eas.loadbalancer.selection;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Histogram of the response times of the last 10 to 20 seconds in which there were
 * responses: after a quiet time, the times before it still count. Each power of two is
 * divided into eight classes, so that a quantile is at most 12.5 % too high. Any thread
 * may record a time without a lock, and a recorded time may occasionally be lost; only
 * one thread at a time may call {@link #roll}.
 */
final class AnswerTimes {

	private static final long WINDOW = TimeUnit.SECONDS.toNanos(10);

	private static final int STEP_BITS = 3;

	private static final int STEPS = 1 << STEP_BITS;

	/**
	 * Times shorter than this power of two in nanoseconds, which is about 0.13 ms, are in
	 * the first class.
	 */
	private static final int UNIT_BITS = 17;

	private static final int CLASSES = (Long.SIZE - 1 - UNIT_BITS) * STEPS;

	private volatile AtomicIntegerArray current = new AtomicIntegerArray(CLASSES);

	private volatile AtomicIntegerArray previous = new AtomicIntegerArray(CLASSES);

	private long begun;

	AnswerTimes(long now) {
		this.begun = now;
	}

	/** Records the time of a response. */
	void record(long nanos) {
		AtomicIntegerArray counts = this.current;
		int index = index(nanos);
		counts.setOpaque(index, counts.getOpaque(index) + 1);
	}

	/** Drops the older window once the current window is full. */
	void roll(long now) {
		if (now - this.begun > WINDOW) {
			this.begun = now;
			this.previous = this.current;
			this.current = new AtomicIntegerArray(CLASSES);
		}
	}

	/**
	 * Returns the time within which a share of the responses arrived.
	 * @param share the share, from 0 to 1
	 * @return the upper end of a class, in nanoseconds; 0 if there was no response
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

	/** Returns the upper end of a class, which is exclusive. */
	private static long end(int index) {
		int doublings = (index == 0) ? 0 : (index - 1) / STEPS;
		long step = (index == 0) ? 0 : (index - 1) % STEPS + 1L;
		return (STEPS + step) << (doublings + UNIT_BITS - STEP_BITS);
	}

}
