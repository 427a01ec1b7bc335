package io.eas.loadbalancer.selection;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Notices instances that take requests and answer none of them, such as a frozen process
 * or one that waits for ever for a lock: some attempts have waited for three times as
 * long as the slowest answer of late took, and others were answered all the time. Looks
 * when an answer comes, ten times a second at most, since without answers from others
 * nothing can be told: it may be the client itself that stands still.
 */
final class StallDetection {

	private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

	private static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(500);

	private static final int FACTOR = 3;

	private final AtomicLong lastLook;

	private final SlowestAnswer slowest;

	/** Since when there have been answers all the time. */
	private volatile long flowingSince;

	StallDetection(long now) {
		this.lastLook = new AtomicLong(now);
		this.slowest = new SlowestAnswer(now);
		this.flowingSince = now;
	}

	/**
	 * An answer came from somewhere.
	 * @param nanos how long it took
	 * @param now the time
	 * @return whether it is time to look at all instances
	 */
	boolean answered(long nanos, long now) {
		this.slowest.record(nanos);
		long last = this.lastLook.get();
		if (now - last < PAUSE || !this.lastLook.compareAndSet(last, now)) {
			return false;
		}
		this.slowest.roll(now);
		if (now - last > longestWait() / 2) {
			this.flowingSince = now;
			return false;
		}
		return true;
	}

	/**
	 * Whether an instance stands still.
	 * @param state the instance
	 * @param now the time
	 * @param fewest with fewer unanswered attempts it is a coincidence
	 */
	boolean isStalled(TrackedInstance state, long now, int fewest) {
		return state.isStalled(this.flowingSince, now, longestWait(), fewest);
	}

	/** How long an attempt may wait, in nanoseconds. */
	long longestWait() {
		return Math.max(SHORTEST, FACTOR * this.slowest.nanos());
	}

}
