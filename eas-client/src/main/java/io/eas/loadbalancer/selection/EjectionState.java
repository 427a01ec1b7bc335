package io.eas.loadbalancer.selection;

import java.util.concurrent.TimeUnit;

import io.eas.loadbalancer.EjectionListener.Cause;

/**
 * Where an instance stands with its client. A value; each says which share of its picks
 * the instance takes at a time, and where it stands once it has taken one. Times are of
 * the service's nano clock, which may overflow.
 */
sealed interface EjectionState {

	/** In full use. */
	EjectionState LIVE = new Live();

	/**
	 * The share of its picks that the instance takes.
	 * @param now the time
	 * @return 0 for none to 1 for all
	 */
	double acceptance(long now);

	/**
	 * Where the instance stands once it has taken a pick.
	 * @param now the time
	 */
	EjectionState taken(long now);

	/** In full use. */
	record Live() implements EjectionState {

		@Override
		public double acceptance(long now) {
			return 1;
		}

		@Override
		public EjectionState taken(long now) {
			return this;
		}

	}

	/**
	 * Others are preferred until then. After that it is in use again, and what has been
	 * is remembered until the next good answer.
	 *
	 * @param since the beginning
	 * @param until the end
	 * @param nanos how long it takes
	 * @param doubted whether it is for doubt that it may not be left out for
	 */
	record Avoided(long since, long until, long nanos, boolean doubted) implements EjectionState {

		private static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(100);

		private static final long LONGEST = TimeUnit.SECONDS.toNanos(2);

		/** For the shortest time. */
		static Avoided from(long now, boolean doubted) {
			return new Avoided(now, now + SHORTEST, SHORTEST, doubted);
		}

		/**
		 * The same once more, for twice as long if it is for an attempt that began after
		 * the end of this.
		 */
		Avoided again(long started, long now, boolean doubted) {
			if (started - this.until < 0) {
				return this;
			}
			long longer = Math.min(2 * this.nanos, LONGEST);
			return new Avoided(now, now + longer, longer, doubted);
		}

		/** Whether others are preferred for doubt at that time. */
		boolean isDoubted(long now) {
			return this.doubted && now - this.until < 0;
		}

		@Override
		public double acceptance(long now) {
			return (now - this.until < 0) ? 0 : 1;
		}

		@Override
		public EjectionState taken(long now) {
			return this;
		}

	}

	/**
	 * Slow start: the share grows with time.
	 *
	 * @param since the beginning
	 * @param until the end
	 */
	record Ramping(long since, long until) implements EjectionState {

		private static final double LEAST = 0.1;

		@Override
		public double acceptance(long now) {
			double progress = (double) (now - this.since) / (this.until - this.since);
			return Math.min(1, Math.max(LEAST, progress));
		}

		@Override
		public EjectionState taken(long now) {
			return (now - this.until < 0) ? this : LIVE;
		}

	}

	/**
	 * Left out until then. After that one attempt is let through as a trial, which has a
	 * lease: once that has run out without a verdict, another attempt may have it.
	 *
	 * @param since the beginning
	 * @param until when the next trial may go
	 * @param nanos how long this ejection takes
	 * @param times which ejection this is, counted from 1
	 * @param cause why
	 * @param reason why, for people
	 * @param awaiting whether no trial goes before the instance is known to take
	 * connections again, or nobody has found out for long
	 * @param tried whether there has been a trial
	 * @param trial when the newest trial went, if there has been one
	 */
	record Ejected(long since, long until, long nanos, int times, Cause cause, String reason, boolean awaiting,
			boolean tried, long trial) implements EjectionState {

		private static final long LONGEST_LEASE = TimeUnit.SECONDS.toNanos(10);

		private static final long LONGEST_AWAITED = TimeUnit.SECONDS.toNanos(10);

		Ejected(long since, long nanos, int times, Cause cause, String reason, boolean awaiting) {
			this(since, since + nanos, nanos, times, cause, reason, awaiting, false, 0);
		}

		@Override
		public double acceptance(long now) {
			return (now - this.until < (this.awaiting ? LONGEST_AWAITED : 0)) ? 0 : 1;
		}

		@Override
		public EjectionState taken(long now) {
			return (acceptance(now) == 0) ? this : new Ejected(this.since, now + Math.min(this.nanos, LONGEST_LEASE),
					this.nanos, this.times, this.cause, this.reason, false, true, now);
		}

		/** The same, where the next trial may go now. */
		Ejected due(long now) {
			return new Ejected(this.since, now, this.nanos, this.times, this.cause, this.reason, false, this.tried,
					this.trial);
		}

		boolean isDoubt() {
			return this.cause.isDoubt();
		}

		/**
		 * Whether an answer to an attempt that began then tells that the instance is
		 * well: any does where all that was known against it was that none came.
		 */
		boolean isJudgedBy(long started) {
			return this.cause == Cause.STALL || started - this.since >= 0;
		}

		/** Whether an attempt that began then is a trial. */
		boolean isTrial(long started) {
			return this.tried && started - this.trial >= 0;
		}

	}

}
