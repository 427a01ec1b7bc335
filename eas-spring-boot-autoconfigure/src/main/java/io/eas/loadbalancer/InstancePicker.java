package io.eas.loadbalancer;

import org.jspecify.annotations.Nullable;

/**
 * Picks instances of one list. An algorithm is a {@link Factory}; what it computes from a
 * list is kept as long as the list is. Thread-safe.
 */
@FunctionalInterface
public interface InstancePicker {

	/**
	 * Picks the instance for the next attempt of a call. Should leave out what the
	 * {@linkplain Candidates#admits candidates don't admit} while there is another.
	 * @param tried what the call has tried; left out while the list has an instance with
	 * weight that isn't in it, and after that only the newest one is, if there is another
	 * @param hashKey what calls have in common that should go to the same instance, or
	 * null
	 * @return an instance of the list
	 */
	InstanceState pick(TriedInstances tried, @Nullable String hashKey);

	/**
	 * Makes the picker for a list. Called again whenever the list changes, by one thread
	 * at a time for each service.
	 */
	@FunctionalInterface
	interface Factory {

		/**
		 * A picker.
		 * @param candidates the instances
		 * @return a picker for just these
		 */
		InstancePicker create(Candidates candidates);

	}

}
