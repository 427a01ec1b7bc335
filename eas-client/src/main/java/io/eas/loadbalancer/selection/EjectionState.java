package io.eas.loadbalancer.selection;

import java.util.concurrent.TimeUnit;

import io.eas.loadbalancer.EjectionListener.Cause;

/**
 * The ejection state of an instance: live, avoided, in slow start, or ejected. An
 * immutable value that says which share of its picks the instance takes at a given time,
 * and in which state it is after it has taken a pick. Times are values of the service's
 * nano clock, which may overflow.
 */
sealed interface EjectionState {

	/** The instance is in full use. */
	EjectionState LIVE = new Live();

	/**
	 * Returns the share of its picks that the instance takes.
	 * @param now the current time
	 * @return the share, from 0 (none) to 1 (all)
	 */
	double acceptance(long now);

	/**
	 * Returns the state of the instance after it has taken a pick.
	 * @param now the current time
	 */
	EjectionState taken(long now);

	/** The instance is in full use. */
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
	 * Other instances are preferred until the end of a short time. After that, the
	 * instance is in use again; the state is kept until the next good response, so that a
	 * further failure doubles the time.
	 *
	 * @param since the beginning of the time
	 * @param until the end of the time
	 * @param nanos the length of the time in nanoseconds
	 * @param doubted whether the instance is under suspicion but may not be ejected
	 */
	record Avoided(long since, long until, long nanos, boolean doubted) implements EjectionState {

		private static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(100);

		private static final long LONGEST = TimeUnit.SECONDS.toNanos(2);

		/** Creates the state with the shortest time. */
		static Avoided from(long now, boolean doubted) {
			return new Avoided(now, now + SHORTEST, SHORTEST, doubted);
		}

		/**
		 * Returns the state after a further failure: with twice the time if the failed
		 * attempt began after the end of this time, and unchanged otherwise.
		 */
		Avoided again(long started, long now, boolean doubted) {
			if (started - this.until < 0) {
				return this;
			}
			long longer = Math.min(2 * this.nanos, LONGEST);
			return new Avoided(now, now + longer, longer, doubted);
		}

		/**
		 * Returns whether other instances are preferred now because this one is under
		 * suspicion.
		 */
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
	 * The instance is in slow start: its share of picks grows with time.
	 *
	 * @param since the beginning of the slow start
	 * @param until the end of the slow start
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
	 * The instance is ejected until a given time. After that, one attempt is admitted as
	 * a trial, which holds a lease: if the lease expires without a result, another
	 * attempt may be the trial.
	 *
	 * @param since the beginning of the ejection
	 * @param until the time from which the next trial is admitted
	 * @param nanos the duration of this ejection in nanoseconds
	 * @param times the ordinal of this ejection, from 1
	 * @param cause the cause of the ejection
	 * @param reason the reason as text for the log
	 * @param awaiting whether the first trial waits until the instance is known to accept
	 * connections again, or until a maximum time is over
	 * @param tried whether there has been a trial
	 * @param trial the start of the last trial, if there has been one
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

		/** Returns the same state with a trial that is due now. */
		Ejected due(long now) {
			return new Ejected(this.since, now, this.nanos, this.times, this.cause, this.reason, false, this.tried,
					this.trial);
		}

		boolean isDoubt() {
			return this.cause.isDoubt();
		}

		/**
		 * Returns whether a good response to an attempt that started at the given time
		 * proves that the instance is well. The attempt must have started after the
		 * ejection, unless the instance was ejected for a stall, which any response
		 * disproves. A manual ejection lasts until a trial, whatever the results of other
		 * attempts are.
		 */
		boolean isJudgedBy(long started) {
			return switch (this.cause) {
				case STALL -> true;
				case MANUAL -> isTrial(started);
				default -> started - this.since >= 0;
			};
		}

		/** Returns whether an attempt that started at the given time is a trial. */
		boolean isTrial(long started) {
			return this.tried && started - this.trial >= 0;
		}

	}

}
