package io.eas.loadbalancer.selection;

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
	 * Others are preferred until then.
	 *
	 * @param until the end
	 */
	record Avoided(long until) implements EjectionState {

		@Override
		public double acceptance(long now) {
			return (now - this.until < 0) ? 0 : 1;
		}

		@Override
		public EjectionState taken(long now) {
			return (now - this.until < 0) ? this : LIVE;
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
	 * Left out until then. After that one call is let through as a trial; until its
	 * success, another one each time that the ejection took.
	 *
	 * @param since the beginning
	 * @param until when the next trial may go
	 * @param nanos how long this ejection takes
	 * @param times which ejection this is, counted from 1
	 * @param cause why
	 * @param reason why, for people
	 * @param tried whether there has been a trial
	 * @param trial when the newest trial went, if there has been one
	 */
	record Ejected(long since, long until, long nanos, int times, Cause cause, String reason, boolean tried,
			long trial) implements EjectionState {

		Ejected(long since, long nanos, int times, Cause cause, String reason) {
			this(since, since + nanos, nanos, times, cause, reason, false, 0);
		}

		@Override
		public double acceptance(long now) {
			return (now - this.until < 0) ? 0 : 1;
		}

		@Override
		public EjectionState taken(long now) {
			return (now - this.until < 0) ? this : new Ejected(this.since, now + this.nanos, this.nanos, this.times,
					this.cause, this.reason, true, now);
		}

		/** The same with its next trial due. */
		Ejected due(long now) {
			return new Ejected(this.since, now, this.nanos, this.times, this.cause, this.reason, this.tried,
					this.trial);
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
