package io.eas.loadbalancer;

/**
 * Listener that is notified when an attempt on an instance of a service ends, whichever
 * client made the attempt. It is called once for each attempt, on any thread, often an
 * event loop, so implementations must be thread-safe and must not block. An exception
 * thrown by the listener is logged the first time and otherwise ignored.
 */
@FunctionalInterface
public interface AttemptListener {

	/** A listener that does nothing. */
	AttemptListener NONE = (outcome) -> {
	};

	/**
	 * Called when an attempt has ended.
	 * @param outcome how the attempt ended
	 */
	void ended(Outcome outcome);

}
