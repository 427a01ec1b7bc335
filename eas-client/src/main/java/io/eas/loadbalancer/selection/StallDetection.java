package io.eas.loadbalancer.selection;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Detects instances that accept requests but respond to none of them, such as a frozen
 * process or one in a deadlock. An instance is stalled if enough attempts have waited on
 * it for longer than the stall limit, while other instances responded all the time. The
 * limit is three times the 99th percentile of the recent response times of the service,
 * or three times the average latency of the instance if that is longer; it is at least
 * half a second, but at most half of the response timeout. Instances are checked when a
 * response arrives, at most ten times per second. Without responses from other instances
 * nothing can be concluded, since the client itself may be stalled.
 *
 * <p>
 * If all callers wait for one stalled instance, there are no responses from other
 * instances. In that case one waiting attempt per stall limit is moved to another
 * instance, to find out whether that instance responds. An attempt that waits alone is
 * also moved, after three quarters of its response timeout, if the 99th percentile is
 * less than a twentieth of the response timeout.
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

	/**
	 * The upper bound of the stall limit: half of the response timeout, so that enough
	 * time is left for another attempt.
	 */
	private final long longest;

	/** The stall limit that follows from the responses of all instances. */
	private volatile long limit;

	/** The 99th percentile of the response times; 0 before the first measurement. */
	private volatile long usual;

	private volatile long median;

	/**
	 * The time since which responses have arrived without a gap of more than half the
	 * stall limit.
	 */
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
	 * Records a response of any instance.
	 * @param nanos the response time in nanoseconds
	 * @param now the current time
	 * @return whether all instances should be checked now
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
	 * Returns whether an instance is stalled.
	 * @param state the instance
	 * @param now the current time
	 * @param fewest the minimum number of unanswered attempts
	 */
	boolean isStalled(TrackedInstance state, long now, int fewest) {
		return state.isStalled(this.flowingSince, now, limit(state), fewest);
	}

	/**
	 * Returns whether this attempt may explore whether another instance responds, which
	 * is allowed once per stall limit.
	 */
	boolean takeTurn(long limit, long now) {
		long last = this.lastExploration.get();
		return now - last > limit && this.lastExploration.compareAndSet(last, now);
	}

	/**
	 * Returns whether an attempt has used up most of its response timeout, although
	 * responses usually take far less time.
	 */
	boolean isLate(long waited, long responseTimeout) {
		return waited > responseTimeout - responseTimeout / 4 && this.usual < responseTimeout / 20;
	}

	/** Returns whether response times have been measured. */
	boolean isMeasured() {
		return this.usual > 0;
	}

	/**
	 * Returns the median of the response times, or an estimate before the first
	 * measurement.
	 */
	long median() {
		return isMeasured() ? this.median : GUESSED;
	}

	/**
	 * Returns the stall limit, in nanoseconds, of an instance that isn't slower than
	 * other instances.
	 */
	long limit() {
		return isMeasured() ? this.limit : this.longest;
	}

	/** Returns the stall limit of an instance, in nanoseconds. */
	long limit(TrackedInstance state) {
		return Math.max(this.limit, limit(FACTOR * (long) state.latency()));
	}

	private long limit(long nanos) {
		return Math.min(Math.max(SHORTEST, nanos), this.longest);
	}

	/**
	 * Histogram of the response times of the last 10 to 20 seconds in which there were
	 * responses: after a quiet time, the times before it still count. Each power of two
	 * is divided into eight classes, so that a quantile is at most 12.5 % too high. Any
	 * thread may record a time without a lock, and a recorded time may occasionally be
	 * lost; only one thread at a time may call {@link #roll}.
	 */
	private static final class AnswerTimes {

		private static final long WINDOW = TimeUnit.SECONDS.toNanos(10);

		private static final int STEP_BITS = 3;

		private static final int STEPS = 1 << STEP_BITS;

		/**
		 * Times shorter than this power of two in nanoseconds, which is about 0.13 ms,
		 * are in the first class.
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

}
