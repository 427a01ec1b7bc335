package io.eas.loadbalancer;

/**
 * Hears how the attempts on the instances of a service end, whoever makes them. Called
 * once for each, by any thread, often an event loop; must not block. What it throws is
 * logged, the first time, and changes nothing.
 */
@FunctionalInterface
public interface AttemptListener {

	/** Hears nothing. */
	AttemptListener NONE = (outcome) -> {
	};

	/**
	 * An attempt has ended.
	 * @param outcome how
	 */
	void ended(Outcome outcome);

}
