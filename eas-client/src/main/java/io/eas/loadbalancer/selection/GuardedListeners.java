package io.eas.loadbalancer.selection;

import java.time.Duration;

import io.eas.http.FirstFailure;
import io.eas.instance.EasInstance;
import io.eas.loadbalancer.AttemptListener;
import io.eas.loadbalancer.EjectionListener;
import io.eas.loadbalancer.Outcome;

/**
 * Has the listeners of one service hear of attempts and ejections. What they throw, an
 * {@link Error} too, goes no further; the first of it is logged. Thread-safe.
 *
 * @param attempts hears of attempts
 * @param ejections hears of ejections
 * @param failures told of what they throw
 */
record GuardedListeners(AttemptListener attempts, EjectionListener ejections,
		FirstFailure failures) implements AttemptListener, EjectionListener {

	GuardedListeners(AttemptListener attempts, EjectionListener ejections, String service) {
		this(attempts, ejections,
				new FirstFailure(service + ": a listener of attempts or ejections failed; calls go on without it"));
	}

	@Override
	public void ended(Outcome outcome) {
		try {
			this.attempts.ended(outcome);
		}
		catch (Throwable ex) {
			this.failures.tell(ex);
		}
	}

	@Override
	public void ejected(EasInstance instance, Cause cause, String reason, Duration time, boolean again) {
		try {
			this.ejections.ejected(instance, cause, reason, time, again);
		}
		catch (Throwable ex) {
			this.failures.tell(ex);
		}
	}

	@Override
	public void avoided(EasInstance instance, Cause cause, String reason) {
		try {
			this.ejections.avoided(instance, cause, reason);
		}
		catch (Throwable ex) {
			this.failures.tell(ex);
		}
	}

	@Override
	public void restored(EasInstance instance) {
		try {
			this.ejections.restored(instance);
		}
		catch (Throwable ex) {
			this.failures.tell(ex);
		}
	}

}
