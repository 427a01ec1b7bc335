package io.eas.client.retry;

import java.time.Duration;

/**
 * How many attempts after the first the calls of one service take together, however many
 * each of them may take, without those that cost nothing (see {@link Retries}): whenever
 * a retry goes out, the retries of the last 10 s, itself included, are at most
 * {@code ratio} x the calls of those 10 s + {@code minPerSecond} x 10. So what fails
 * everywhere is asked little more than it was before, while a few failures, or those of a
 * quiet service, are all tried again.
 *
 * <p>
 * The idea and the defaults are those of Finagle's {@code RetryBudget} (Twitter,
 * finagle-core, {@code com.twitter.finagle.service}), where a call deposits and a retry
 * withdraws, and what is 10 s old expires. With a ratio of 0.2 and 10 a second, 1000
 * calls at once may be followed by 300 retries: 0.2 x 1000 and the reserve of 10 s. Over
 * a longer time {@code n} calls get at most {@code ratio x n} retries, and those of the
 * reserve for each 10 s begun.
 *
 * <p>
 * Time is cut into slots of 0.2 s. Of calls those of the last 9.8 to 10 s count, of
 * retries those of the last 10 to 10.2 s: the bound is kept exactly, and what is left
 * unused for it is at most what happened within 0.2 s.
 *
 * <p>
 * Thread-safe and lock-free, allocates nothing. A call costs one addition on a stripe of
 * its thread's; only retries sum up. Of retries that ask at the same moment never more
 * are allowed than there is room for; each may be refused for the sake of another that is
 * refused too, and then the room is left for the next. Who is late counts by the time
 * that it read.
 */
public final class RetryBudget {

	private static final Duration WINDOW = Duration.ofSeconds(10);

	private static final int SLOTS = 50;

	private static final long SLOT_NANOS = WINDOW.toNanos() / SLOTS;

	private static final int MOST_STRIPES = 8;

	/** Ratios are kept in millionths: 0.7 of ten calls is 7, and not a little less. */
	private static final long SCALE = 1_000_000;

	private final double ratio;

	private final int minPerSecond;

	private final long scaledRatio;

	private final long reserve;

	private final long start;

	private final SlidingWindowCounter calls = new SlidingWindowCounter(
			stripes(Runtime.getRuntime().availableProcessors()));

	private final SlidingWindowCounter retries = new SlidingWindowCounter(1);

	/**
	 * A budget with nothing spent.
	 * @param ratio retries a call; 0 or more
	 * @param minPerSecond retries a second in any case; 0 or more
	 * @param now the time, on the clock that later times are read from
	 */
	public RetryBudget(double ratio, int minPerSecond, long now) {
		this.ratio = ratio;
		this.minPerSecond = minPerSecond;
		this.scaledRatio = Math.round(ratio * SCALE);
		this.reserve = minPerSecond * WINDOW.toSeconds();
		this.start = now;
	}

	static int stripes(int processors) {
		return Math.min(MOST_STRIPES, Integer.highestOneBit(2 * processors - 1));
	}

	/**
	 * Takes note of a call.
	 * @param nanos the time, as of {@link System#nanoTime}
	 */
	public void call(long nanos) {
		this.calls.add(slot(nanos), 1);
	}

	/**
	 * Asks for one more attempt, and takes note of it if it may be made.
	 * @param nanos the time, as of {@link System#nanoTime}
	 * @return false if the budget is used up
	 */
	boolean tryRetry(long nanos) {
		long slot = slot(nanos);
		long allowed = allowed(slot);
		if (made(slot) >= allowed || !this.retries.add(slot, 1)) {
			return false;
		}
		// of those that got here together each counts the others
		if (made(slot) <= allowed) {
			return true;
		}
		this.retries.add(slot, -1);
		return false;
	}

	private long allowed(long slot) {
		long called = this.calls.sum(slot - SLOTS + 1, slot);
		return this.scaledRatio * called / SCALE + this.reserve;
	}

	/** Those of a thread that is further in time count too. */
	private long made(long slot) {
		return this.retries.sum(slot - SLOTS, Long.MAX_VALUE);
	}

	/** By the difference, which is right also where the clock has overflowed. */
	private long slot(long nanos) {
		return Math.max(0, nanos - this.start) / SLOT_NANOS;
	}

	/**
	 * The settings, by their names.
	 */
	@Override
	public String toString() {
		return "retry.budget.ratio " + this.ratio + ", retry.budget.min-per-second " + this.minPerSecond;
	}

}
