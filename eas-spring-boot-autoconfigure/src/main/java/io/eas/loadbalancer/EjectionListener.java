package io.eas.loadbalancer;

import java.time.Duration;

import io.eas.instance.EasInstance;

/**
 * Hears which instances are left out. Called by one thread at a time, often an event
 * loop; must not block.
 */
public interface EjectionListener {

	/** Hears nothing. */
	EjectionListener NONE = new EjectionListener() {

		@Override
		public void ejected(EasInstance instance, String reason, Duration time) {
		}

		@Override
		public void restored(EasInstance instance) {
		}

	};

	/**
	 * An instance is left out.
	 * @param instance the instance
	 * @param reason why, for people
	 * @param time for how long, until a trial call may go to it
	 */
	void ejected(EasInstance instance, String reason, Duration time);

	/**
	 * An instance is used again, as a call that went to it was answered.
	 * @param instance the instance
	 */
	void restored(EasInstance instance);

}
