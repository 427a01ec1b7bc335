package io.eas.loadbalancer;

import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;

/**
 * Picks instances of one list. An algorithm is a {@link Factory}; what it computes from a
 * list is kept as long as the list is. Thread-safe.
 */
public interface InstancePicker {

	/**
	 * The list this picker was made for.
	 * @return the snapshot
	 */
	InstanceList list();

	/**
	 * Picks the instance for the next attempt of a call.
	 * @param tried what the call has tried; left out while the list has an instance with
	 * weight that isn't in it, and after that only the newest one is, if there is another
	 * @return an instance of the list
	 */
	EasInstance pick(TriedInstances tried);

	/**
	 * Makes the picker for a list. Called again whenever the list changes, possibly by
	 * several threads at once.
	 */
	@FunctionalInterface
	interface Factory {

		/**
		 * A picker.
		 * @param list the instances
		 * @return a picker for just this list
		 */
		InstancePicker create(InstanceList list);

	}

}
