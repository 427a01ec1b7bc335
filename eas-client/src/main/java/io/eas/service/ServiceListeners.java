package io.eas.service;

import io.eas.client.call.CallListener;
import io.eas.discovery.PollListener;
import io.eas.loadbalancer.AttemptListener;
import io.eas.loadbalancer.EjectionListener;

/**
 * The listeners of one service.
 *
 * @param calls the listener of the calls that the client of the service makes
 * @param attempts the listener of attempts, including those of a load-balanced
 * {@code WebClient}
 * @param ejections the listener of ejections
 * @param polls the listener of polls
 */
public record ServiceListeners(CallListener calls, AttemptListener attempts, EjectionListener ejections,
		PollListener polls) {

	/** Listeners that do nothing. */
	public static final ServiceListeners NONE = new ServiceListeners(CallListener.NONE, AttemptListener.NONE,
			EjectionListener.NONE, PollListener.NONE);

	/**
	 * Returns these listeners and two more, which are notified first and must not throw
	 * exceptions.
	 * @param more a further listener of ejections
	 * @param polled a further listener of polls
	 * @return the listeners together
	 */
	public ServiceListeners with(EjectionListener more, PollListener polled) {
		return new ServiceListeners(this.calls, this.attempts, more.and(this.ejections), polled.and(this.polls));
	}

	/** Factory of the listeners of each service. */
	@FunctionalInterface
	public interface Factory {

		/**
		 * Creates the listeners of a service.
		 * @param alias the name under {@code eas.services}
		 * @return the listeners
		 */
		ServiceListeners create(String alias);

	}

}
