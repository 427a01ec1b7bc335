package io.eas.loadbalancer;

import java.time.Duration;

import io.eas.instance.EasInstance;

/**
 * Listener that is notified when instances are ejected and restored. It is called on any
 * thread, often an event loop, so implementations must be thread-safe and must not block.
 * It is called without a lock, so the listener may be notified that an instance is used
 * again before it is notified of the ejection. An exception thrown by the listener is
 * logged the first time and otherwise ignored.
 */
public interface EjectionListener {

	/** A listener that does nothing. */
	EjectionListener NONE = new EjectionListener() {

		@Override
		public void ejected(EasInstance instance, Cause cause, String reason, Duration time, boolean again) {
		}

		@Override
		public void restored(EasInstance instance) {
		}

	};

	/**
	 * Called when an instance is ejected, or stays ejected after a failed trial.
	 * @param instance the instance
	 * @param cause the cause of the ejection
	 * @param reason the reason as text for the log
	 * @param time the duration of the ejection, after which a trial call may go to the
	 * instance
	 * @param again whether the instance was already ejected; true after a failed trial,
	 * and when a suspected instance turns out to be unreachable
	 */
	void ejected(EasInstance instance, Cause cause, String reason, Duration time, boolean again);

	/**
	 * Called when a suspected instance can't be ejected, because too large a share of the
	 * instances is ejected already. Instead, other instances are preferred for at most
	 * two seconds after each failure, until the instance responds well. Called when this
	 * preference begins, and at most once per minute for each instance.
	 * @param instance the instance
	 * @param cause the cause of the suspicion
	 * @param reason the reason as text for the log
	 */
	default void avoided(EasInstance instance, Cause cause, String reason) {
	}

	/**
	 * Called when an ejected instance is used again, because it has responded to a call.
	 * @param instance the instance
	 */
	void restored(EasInstance instance);

	/**
	 * Returns a composite listener that notifies this listener and then another one.
	 * @param other the listener to notify after this one
	 * @return the composite listener
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

	/** The cause of an ejection. */
	enum Cause {

		/** The instance accepted no connection. */
		NO_CONNECTION(false),

		/** Connections to the instance broke. */
		BROKEN_CONNECTIONS(false),

		/** Attempts on the instance failed, such as by a timeout or an error status. */
		FAILURES(true),

		/** The instance responded to no attempt, while other instances responded. */
		STALL(true),

		/**
		 * The instance rejected requests, for example with status 401, 404 or 500,
		 * although other instances answer requests for the same paths well.
		 */
		WRONG_ANSWERS(true),

		/** An operator ejected the instance. */
		MANUAL(false);

		private final boolean doubt;

		Cause(boolean doubt) {
			this.doubt = doubt;
		}

		/**
		 * Returns whether the instance is only suspected to be unhealthy, so that the
		 * share of instances that may be ejected for this cause is limited.
		 * @return false if the instance certainly can't or mustn't be used
		 */
		public boolean isDoubt() {
			return this.doubt;
		}

	}

}
