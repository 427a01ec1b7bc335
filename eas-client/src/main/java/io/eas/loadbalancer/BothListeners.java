package io.eas.loadbalancer;

import java.time.Duration;

import io.eas.instance.EasInstance;

/**
 * Has two listeners hear the same.
 *
 * @param first the one that hears it first
 * @param second the other
 */
record BothListeners(EjectionListener first, EjectionListener second) implements EjectionListener {

	@Override
	public void ejected(EasInstance instance, Cause cause, String reason, Duration time, boolean again) {
		this.first.ejected(instance, cause, reason, time, again);
		this.second.ejected(instance, cause, reason, time, again);
	}

	@Override
	public void restored(EasInstance instance) {
		this.first.restored(instance);
		this.second.restored(instance);
	}

}
