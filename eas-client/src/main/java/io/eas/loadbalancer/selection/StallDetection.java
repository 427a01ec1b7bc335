package io.eas.loadbalancer.selection;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Notices instances that take requests and answer none of them, such as a frozen process
 * or one that waits for ever for a lock: some attempts have waited for three times as
 * long as nearly all answers of late took, and as those of this instance take, and others
 * were answered all the time. That is never less than half a second, unless the response
 * timeout is so short that half of it is. Looks when an answer comes, ten times a second
 * at most, since without answers from others nothing can be told: it may be the client
 * itself that stands still.
 */
final class StallDetection {

	private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

	private static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(500);

	private static final int FACTOR = 3;

	private static final double NEARLY_ALL = 0.99;

	private final AtomicLong lastLook;

	private final AnswerTimes times;

	/** An attempt that waits for longer would have nearly no time left. */
	private final long longest;

	/** What the answers of all say. */
	private volatile long limit;

	/** Since when there have been answers all the time. */
	private volatile long flowingSince;

	StallDetection(long now, long responseTimeout) {
		this.lastLook = new AtomicLong(now);
		this.times = new AnswerTimes(now);
		this.longest = responseTimeout / 2;
		this.limit = Math.min(SHORTEST, this.longest);
		this.flowingSince = now;
	}

	/**
	 * An answer came from somewhere.
	 * @param nanos how long it took
	 * @param now the time
	 * @return whether it is time to look at all instances
	 */
	boolean answered(long nanos, long now) {
		this.times.record(nanos);
		long last = this.lastLook.get();
		if (now - last < PAUSE || !this.lastLook.compareAndSet(last, now)) {
			return false;
		}
		this.times.roll(now);
		this.limit = limit(FACTOR * this.times.quantile(NEARLY_ALL));
		if (now - last > this.limit / 2) {
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
		return state.isStalled(this.flowingSince, now, limit(state), fewest);
	}

	/** How long an attempt may wait on an instance, in nanoseconds. */
	long limit(TrackedInstance state) {
		return Math.max(this.limit, limit(FACTOR * (long) state.latency()));
	}

	private long limit(long nanos) {
		return Math.min(Math.max(SHORTEST, nanos), this.longest);
	}

}
