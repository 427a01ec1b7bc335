package io.eas.service;

import io.eas.client.call.CallListener;
import io.eas.discovery.PollListener;
import io.eas.loadbalancer.AttemptListener;
import io.eas.loadbalancer.EjectionListener;

/**
 * Who hears what one service does.
 *
 * @param calls hears of each call that its client makes
 * @param attempts hears of each attempt, those of a {@code WebClient} included
 * @param ejections hears which instances are left out
 * @param polls hears how each poll ended
 */
public record ServiceListeners(CallListener calls, AttemptListener attempts, EjectionListener ejections,
		PollListener polls) {

	/** Nobody. */
	public static final ServiceListeners NONE = new ServiceListeners(CallListener.NONE, AttemptListener.NONE,
			EjectionListener.NONE, PollListener.NONE);

	/**
	 * Makes the listeners of each service.
	 */
	@FunctionalInterface
	public interface Factory {

		/**
		 * Makes those of one service.
		 * @param alias the name under {@code eas.services}
		 * @return its listeners
		 */
		ServiceListeners create(String alias);

	}

}
