package io.eas.loadbalancer;

import org.jspecify.annotations.Nullable;

/**
 * Picks instances of one list. An algorithm is a {@link Factory}; what it computes from a
 * list is kept as long as the list is. Thread-safe.
 *
 * <p>
 * A picker only says where a call should go: whether an instance
 * {@linkplain Candidates#admits is admitted} may be asked of any number of them. The one
 * trial of an instance that was ejected is claimed by the caller, for what was picked. If
 * another call has it already, the picker is asked again, and should then pick another
 * instance, which it does if it leaves out what isn't admitted. If it picks what was
 * tried, or four times what isn't admitted, the caller finds another instance itself, if
 * there is one: first among those in use, then among the ejected ones.
 */
@FunctionalInterface
public interface InstancePicker {

	/**
	 * Picks the instance for the next attempt of a call. Should leave out what the
	 * {@linkplain Candidates#admits candidates don't admit} while there is another. Must
	 * neither block nor throw: a call for which nothing is picked fails.
	 * @param tried what the call has tried; left out while the list has an instance with
	 * weight that isn't in it, and after that only the newest one is, if there is another
	 * @param hashKey what calls have in common that should go to the same instance, or
	 * null
	 * @return an instance of the list
	 */
	InstanceState pick(TriedInstances tried, @Nullable String hashKey);

	/**
	 * Makes the picker for a list. Called again whenever the list changes, by one thread
	 * at a time for each service: the one that makes the first call, and then whichever
	 * brings a new list, so it shouldn't take longer than some milliseconds. A bean of
	 * this type serves all services, so that lists of several may come at the same time
	 * and in any order. Where it throws, the picker before goes on until there is another
	 * list.
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
