package io.eas.loadbalancer;

import java.time.Duration;

import io.eas.instance.EasInstance;

/**
 * Hears which instances are left out. Called by any thread, often an event loop, and
 * without a lock, so that an instance's return may be heard of before its ejection; must
 * not block. What it throws is logged, the first time, and changes nothing.
 */
public interface EjectionListener {

	/** Hears nothing. */
	EjectionListener NONE = new EjectionListener() {

		@Override
		public void ejected(EasInstance instance, Cause cause, String reason, Duration time, boolean again) {
		}

		@Override
		public void restored(EasInstance instance) {
		}

	};

	/**
	 * An instance is left out.
	 * @param instance the instance
	 * @param cause why
	 * @param reason why, for people
	 * @param time for how long, until a trial call may go to it
	 * @param again whether it has been left out all the time, and failed a trial now
	 */
	void ejected(EasInstance instance, Cause cause, String reason, Duration time, boolean again);

	/**
	 * An instance would be left out for doubt, but too much is already: others are
	 * preferred, for two seconds at most each time that it fails, until it answers well.
	 * Told when that begins, once a minute at most.
	 * @param instance the instance
	 * @param cause why
	 * @param reason why, for people
	 */
	default void avoided(EasInstance instance, Cause cause, String reason) {
	}

	/**
	 * An instance is used again, as a call that went to it was answered.
	 * @param instance the instance
	 */
	void restored(EasInstance instance);

	/**
	 * Has another listener hear the same, after this one.
	 * @param other the other
	 * @return both
	 */
	default EjectionListener and(EjectionListener other) {
		if (other == NONE) {
			return this;
		}
		EjectionListener first = this;
		return new EjectionListener() {

			@Override
			public void ejected(EasInstance instance, Cause cause, String reason, Duration time, boolean again) {
				first.ejected(instance, cause, reason, time, again);
				other.ejected(instance, cause, reason, time, again);
			}

			@Override
			public void avoided(EasInstance instance, Cause cause, String reason) {
				first.avoided(instance, cause, reason);
				other.avoided(instance, cause, reason);
			}

			@Override
			public void restored(EasInstance instance) {
				first.restored(instance);
				other.restored(instance);
			}

		};
	}

	/** Why an instance is left out. */
	enum Cause {

		/** It took no connection. */
		NO_CONNECTION(false),

		/** Its connections broke. */
		BROKEN_CONNECTIONS(false),

		/** It failed. */
		FAILURES(true),

		/** It answered nothing, while others did. */
		STALL(true),

		/** It denied what others answer well, such as with 401, 404 or 500. */
		WRONG_ANSWERS(true);

		private final boolean doubt;

		Cause(boolean doubt) {
			this.doubt = doubt;
		}

		/**
		 * Whether the instance may be well all the same, so that only a share of all may
		 * be left out for such a cause.
		 * @return false if there is no doubt that it can't be used
		 */
		public boolean isDoubt() {
			return this.doubt;
		}

	}

}
