package io.eas.loadbalancer;

import io.eas.instance.EasInstance;
import org.jspecify.annotations.Nullable;

/**
 * What algorithms and adapters see of an instance: its address and weight, and the
 * attempts in flight on it. Kept over changes of the list, and gone with the instance.
 * Thread-safe.
 */
public interface InstanceState {

	/**
	 * The instance.
	 * @return with its newest weight
	 */
	EasInstance instance();

	/**
	 * The attempts that are in flight.
	 * @return from the pick to the last byte of the answer, the failure or the
	 * cancellation
	 */
	int inFlight();

	/**
	 * What an adapter to another load balancer has made of the instance, so that it makes
	 * nothing for a pick.
	 * @return null until something is attached
	 */
	@Nullable Object attachment();

	/**
	 * Keeps what an adapter has made.
	 * @param made of this instance
	 */
	void attach(Object made);

}
