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
 * them, and another one each time that an attempt may wait, {@linkplain #mayExplore finds
 * out} elsewhere. So does an attempt that waits alone, once three quarters of the
 * response timeout are over, where answers usually take less than a tenth of half of it.
 */
final class StallDetection {

	private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

	private static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(500);

	private static final int FACTOR = 3;

	private static final int LONELY_FACTOR = 10;

	private static final long GUESSED = TimeUnit.MILLISECONDS.toNanos(100);

	private static final double NEARLY_ALL = 0.99;

	private final AtomicLong lastLook;

	private final AtomicLong lastExploration;

	private final AnswerTimes times;

	/** An attempt that waits for longer would have nearly no time left. */
	private final long longest;

	/** What the answers of all say. */
	private volatile long limit;

	private volatile long usual;

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
	 * Whether an attempt may be given up that waits, for another one elsewhere: then as
	 * many others as say something wait with it.
	 * @param state where it waits
	 * @param now the time
	 * @param fewest with fewer unanswered attempts it is a coincidence
	 */
	boolean mayExplore(TrackedInstance state, long now, int fewest) {
		long limit = limit(state);
		long last = this.lastExploration.get();
		boolean silent = state.isSilent(now, limit, fewest) || isLonely(state, now);
		return silent && now - last > limit && this.lastExploration.compareAndSet(last, now);
	}

	/** Whether an attempt that waits alone is nearly over, and hardly by coincidence. */
	private boolean isLonely(TrackedInstance state, long now) {
		return this.usual > 0 && this.usual < this.longest / LONELY_FACTOR
				&& state.isSilent(now, this.longest + this.longest / 2, 1);
	}

	/** How long nearly all answers take; a guess before it is known. */
	long usual() {
		return (this.usual > 0) ? this.usual : GUESSED;
	}

	/**
	 * How long an attempt may wait before it is worth a look where. Before the first
	 * answers nobody knows how long they take.
	 */
	long patience() {
		return (this.usual > 0) ? this.limit : this.longest;
	}

	/** How long an attempt may wait on an instance, in nanoseconds. */
	long limit(TrackedInstance state) {
		return Math.max(this.limit, limit(FACTOR * (long) state.latency()));
	}

	private long limit(long nanos) {
		return Math.min(Math.max(SHORTEST, nanos), this.longest);
	}

}
