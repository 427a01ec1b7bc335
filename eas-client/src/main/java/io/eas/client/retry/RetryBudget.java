package io.eas.client.retry;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Limits the retries of all calls of a service together, in addition to the limit that
 * each call has. Retries that are free of charge (see {@link Retries}) don't count.
 * Whenever a retry is sent, the number of retries in the last 10 s, including this one,
 * is at most {@code ratio} x the calls of these 10 s + {@code minPerSecond} x 10. So if
 * everything fails, the load on the service grows only a little. Occasional failures, and
 * the failures of a service with few calls, are all retried.
 *
 * <p>
 * The algorithm and the defaults are those of Finagle's {@code RetryBudget} (Twitter,
 * finagle-core, {@code com.twitter.finagle.service}), where a call makes a deposit, a
 * retry makes a withdrawal, and deposits expire after 10 s. With a ratio of 0.2 and 10
 * retries per second, 1000 simultaneous calls may be followed by 300 retries: 0.2 x 1000
 * plus the reserve for 10 s. Over a longer time, {@code n} calls get at most {@code ratio
 * x n} retries plus the reserve for each started period of 10 s.
 *
 * <p>
 * Time is divided into slots of 0.2 s. The calls of the last 9.8 to 10 s and the retries
 * of the last 10 to 10.2 s are counted. So the limit is never exceeded. At most the
 * budget of one slot is left unused.
 *
 * <p>
 * Thread-safe, lock-free and free of allocation. A call costs one addition to a counter
 * stripe of its thread; only retries sum up the counters. Concurrent retries never exceed
 * the limit. Two concurrent retries may cause each other to be rejected; the budget is
 * then left for the next retry. A call or retry counts at the time that its thread has
 * read from the clock, even if the thread is delayed afterwards.
 */
public final class RetryBudget {

	private static final Duration WINDOW = Duration.ofSeconds(10);

	private static final int SLOTS = 50;

	private static final long SLOT_NANOS = WINDOW.toNanos() / SLOTS;

	private static final int MOST_STRIPES = 8;

	/**
	 * Ratios are stored in millionths, so that 0.7 x 10 calls is 7 and not slightly less.
	 */
	private static final long SCALE = 1_000_000;

	private final double ratio;

	private final int minPerSecond;

	private final long scaledRatio;

	private final long reserve;

	private final long start;

	private final SlidingWindowCounter calls;

	private final SlidingWindowCounter retries;

	/**
	 * Creates an unused budget.
	 * @param ratio the number of retries per call; 0 or more
	 * @param minPerSecond the number of retries per second that are always allowed; 0 or
	 * more
	 * @param now the current time of the clock that is used for all later times, in
	 * nanoseconds
	 */
	public RetryBudget(double ratio, int minPerSecond, long now) {
		this(ratio, minPerSecond, now, new SlidingWindowCounter(stripes(Runtime.getRuntime().availableProcessors())),
				new SlidingWindowCounter(1));
	}

	private RetryBudget(double ratio, int minPerSecond, long now, SlidingWindowCounter calls,
			SlidingWindowCounter retries) {
		this.calls = calls;
		this.retries = retries;
		this.ratio = ratio;
		this.minPerSecond = minPerSecond;
		this.scaledRatio = Math.round(ratio * SCALE);
		this.reserve = minPerSecond * WINDOW.toSeconds();
		this.start = now;
	}

	/**
	 * Returns a budget with other limits that shares the counters of this budget.
	 * @param otherRatio see the constructor
	 * @param otherMinPerSecond see the constructor
	 * @return the budget for later calls
	 */
	public RetryBudget withLimits(double otherRatio, int otherMinPerSecond) {
		return new RetryBudget(otherRatio, otherMinPerSecond, this.start, this.calls, this.retries);
	}

	static int stripes(int processors) {
		return Math.min(MOST_STRIPES, Integer.highestOneBit(2 * processors - 1));
	}

	/**
	 * Records a call.
	 * @param nanos the time, as of {@link System#nanoTime}
	 */
	public void call(long nanos) {
		this.calls.add(slot(nanos), 1);
	}

	/**
	 * Requests a retry, and records it if it is allowed.
	 * @param nanos the time, as of {@link System#nanoTime}
	 * @return false if the budget is exhausted
	 */
	boolean tryRetry(long nanos) {
		long slot = slot(nanos);
		long allowed = allowed(slot);
		if (made(slot) >= allowed || !this.retries.add(slot, 1)) {
			return false;
		}
		// each of several concurrent retries counts the others
		if (made(slot) <= allowed) {
			return true;
		}
		this.retries.add(slot, -1);
		return false;
	}

	/**
	 * Returns the remaining budget.
	 * @param nanos the time, as of {@link System#nanoTime}
	 * @return the balance at this time
	 */
	public Balance balance(long nanos) {
		long slot = slot(nanos);
		long allowed = allowed(slot);
		long used = made(slot);
		return new Balance(allowed, used, Math.max(0, allowed - used));
	}

	private long allowed(long slot) {
		long called = this.calls.sum(slot - SLOTS + 1, slot);
		return this.scaledRatio * called / SCALE + this.reserve;
	}

	/**
	 * Returns the number of retries that count at the given slot. They include the
	 * retries of threads whose time is ahead of this slot.
	 */
	private long made(long slot) {
		return this.retries.sum(slot - SLOTS, Long.MAX_VALUE);
	}

	/**
	 * Returns the slot of a time. The slot is computed from the difference to the start,
	 * which is correct even if the clock has overflowed.
	 */
	private long slot(long nanos) {
		return Math.max(0, nanos - this.start) / SLOT_NANOS;
	}

	/**
	 * Returns the settings with their property names.
	 */
	@Override
	public String toString() {
		return "retry.budget.ratio " + this.ratio + ", retry.budget.min-per-second " + this.minPerSecond;
	}

	/**
	 * The state of a budget at one moment. Immutable.
	 *
	 * @param allowed the number of retries that the calls of the last 10 s allow
	 * @param used the number of retries that were made in these 10 s
	 * @param left the number of retries that may be made now; 0 or more
	 */
	public record Balance(long allowed, long used, long left) {

	}

	/**
	 * Counts events by time slot in a ring buffer of {@link #REACH} slots. The number of
	 * a slot and its count are stored in one word and are updated together by one
	 * compare-and-set. So a cell that the ring reaches again starts at 0 without a reset,
	 * no count is lost to a concurrent reset, and an idle time of any length leaves no
	 * old counts behind. Lock-free and free of allocation. Each stripe has its own ring,
	 * so that threads rarely contend for the same cache lines.
	 */
	static final class SlidingWindowCounter {

		private static final int RING_BITS = 6;

		/** The number of slots in the ring: the newest one and those before it. */
		static final int REACH = 1 << RING_BITS;

		private static final int COUNT_BITS = 24;

		private static final long COUNT = (1L << COUNT_BITS) - 1;

		private final AtomicLongArray cells;

		private final int stripes;

		/**
		 * Creates a counter with all counts at 0.
		 * @param stripes the number of threads that can count without contention; a power
		 * of two
		 */
		SlidingWindowCounter(int stripes) {
			this.cells = new AtomicLongArray(stripes << RING_BITS);
			this.stripes = stripes;
		}

		/**
		 * Adds to the count of a slot.
		 * @param slot the slot, from 0 to 2^39; its count must not exceed 2^24 - 1
		 * @param delta 1, or -1 to undo an addition by the same thread
		 * @return false if the ring has moved past this slot, so that nothing was counted
		 */
		boolean add(long slot, int delta) {
			int index = (stripe() << RING_BITS) | cell(slot);
			while (true) {
				long known = this.cells.get(index);
				if (slotOf(known) > slot) {
					return false;
				}
				long next = (slotOf(known) == slot) ? known + delta : (slot << COUNT_BITS) | delta;
				if (this.cells.weakCompareAndSetVolatile(index, known, next)) {
					return true;
				}
			}
		}

		/**
		 * Returns the sum over a range of slots.
		 * @param from the first slot
		 * @param to the last slot
		 * @return the sum over those slots that are still in the ring
		 */
		long sum(long from, long to) {
			long sum = 0;
			for (int i = 0; i < this.cells.length(); i++) {
				long known = this.cells.get(i);
				if (slotOf(known) >= from && slotOf(known) <= to) {
					sum += known & COUNT;
				}
			}
			return sum;
		}

		private int stripe() {
			return (int) Thread.currentThread().getId() & (this.stripes - 1);
		}

		private static int cell(long slot) {
			return (int) slot & (REACH - 1);
		}

		private static long slotOf(long known) {
			return known >>> COUNT_BITS;
		}

	}

}
