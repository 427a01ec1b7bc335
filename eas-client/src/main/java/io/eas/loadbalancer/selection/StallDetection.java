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
 *
 * <p>
 * Where all callers wait for one such instance there are no such answers. Then one of
 * them, and another one each time that an attempt may wait, finds out elsewhere; so does
 * an attempt that waits alone, once three quarters of its response timeout are over, if
 * nearly all answers take less than a twentieth of that.
 */
final class StallDetection {

	private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

	private static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(500);

	private static final int FACTOR = 3;

	private static final long GUESSED = TimeUnit.MILLISECONDS.toNanos(100);

	private static final double NEARLY_ALL = 0.99;

	private final AtomicLong lastLook;

	private final AtomicLong lastExploration;

	private final AnswerTimes times;

	/** An attempt that waits for longer would have nearly no time left. */
	private final long longest;

	/** What the answers of all say. */
	private volatile long limit;

	/** How long nearly all answers take, and half of them; 0 before it is known. */
	private volatile long usual;

	private volatile long median;

	/** Since when there have been answers all the time. */
	private volatile long flowingSince;

	StallDetection(long now, long responseTimeout) {
		this.lastLook = new AtomicLong(now);
		this.lastExploration = new AtomicLong(now);
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
		long usually = this.times.quantile(NEARLY_ALL);
		this.median = this.times.quantile(0.5);
		this.usual = usually;
		this.limit = limit(FACTOR * usually);
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

	/**
	 * Whether this attempt is the one that finds out elsewhere whether others answer:
	 * there is one each time that an attempt may wait.
	 */
	boolean takeTurn(long limit, long now) {
		long last = this.lastExploration.get();
		return now - last > limit && this.lastExploration.compareAndSet(last, now);
	}

	/** Whether an attempt has nearly waited in vain, where answers take far less time. */
	boolean isLate(long waited, long responseTimeout) {
		return waited > responseTimeout - responseTimeout / 4 && this.usual < responseTimeout / 20;
	}

	/** Whether it is known how long answers take. */
	boolean isMeasured() {
		return this.usual > 0;
	}

	/** How long half of the answers take; a guess before it is known. */
	long median() {
		return isMeasured() ? this.median : GUESSED;
	}

	/** How long an attempt may wait on an instance that isn't slower than others. */
	long limit() {
		return isMeasured() ? this.limit : this.longest;
	}

	/** How long an attempt may wait on an instance, in nanoseconds. */
	long limit(TrackedInstance state) {
		return Math.max(this.limit, limit(FACTOR * (long) state.latency()));
	}

	private long limit(long nanos) {
		return Math.min(Math.max(SHORTEST, nanos), this.longest);
	}

}
