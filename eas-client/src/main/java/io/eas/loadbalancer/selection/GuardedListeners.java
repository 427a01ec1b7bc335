package io.eas.loadbalancer.selection;

import java.time.Duration;

import io.eas.http.FirstFailure;
import io.eas.instance.EasInstance;
import io.eas.loadbalancer.AttemptListener;
import io.eas.loadbalancer.EjectionListener;
import io.eas.loadbalancer.Outcome;

/**
 * Notifies the listeners of a service of attempts and ejections, and catches everything
 * that they throw, including an {@link Error}. Only the first such failure is logged.
 * Thread-safe.
 *
 * @param attempts the listener of attempts
 * @param ejections the listener of ejections
 * @param failures the log of the exceptions of the listeners
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
