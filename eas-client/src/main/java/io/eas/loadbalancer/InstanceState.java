package io.eas.loadbalancer;

import io.eas.instance.EasInstance;
import org.jspecify.annotations.Nullable;

/**
 * The state of an instance that is visible to algorithms and adapters: its address and
 * weight, and the number of attempts in flight on it. The object is kept when the list
 * changes, and dropped once the instance is no longer listed. Thread-safe.
 */
public interface InstanceState {

	/**
	 * Returns the instance.
	 * @return the instance, with its current weight
	 */
	EasInstance instance();

	/**
	 * Returns the number of attempts in flight on this instance. An attempt is in flight
	 * from its start to the last byte of the response, its failure or its cancellation.
	 * @return the number of attempts
	 */
	int inFlight();

	/**
	 * Returns the object that an adapter to another load balancer has attached to the
	 * instance, so that the adapter needn't create one for each pick.
	 * @return the attached object, or null if there is none
	 */
	@Nullable Object attachment();

	/**
	 * Attaches an object of an adapter, in place of the previous one.
	 * @param made the object that the adapter has made for this instance
	 */
	void attach(Object made);

}
