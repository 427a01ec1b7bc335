package io.eas.loadbalancer;

import org.jspecify.annotations.Nullable;

/**
 * Picks the instances of one list for calls. A load-balancing algorithm is a
 * {@link Factory}, which creates a picker for each list; whatever the picker computes
 * from its list is kept until the list changes. Implementations must be thread-safe.
 *
 * <p>
 * A picker only says where a call should go, and may check whether an instance
 * {@linkplain Candidates#admits is admitted} for any number of instances. An ejected
 * instance gets one trial at a time, which the caller claims for the instance that was
 * picked. If another call has already claimed the trial, the caller calls the picker
 * again. The picker should then pick another instance, which is the case if it skips all
 * instances that aren't admitted. If the picker returns an instance that the call has
 * already tried, or one that isn't admitted four times, the caller chooses another
 * instance itself if there is one: first among the instances in use, then among the
 * ejected ones.
 */
@FunctionalInterface
public interface InstancePicker {

	/**
	 * Picks the instance for the next attempt of a call. Implementations should skip
	 * instances that {@linkplain Candidates#admits are not admitted} while there are
	 * others. They must neither block nor throw an exception, since a call for which no
	 * instance is picked fails.
	 * @param tried the instances that the call has already tried; they should be skipped
	 * as long as the list contains an untried instance with a positive weight, and after
	 * that only the last one tried should be skipped, if there is another
	 * @param hashKey the key that is shared by all calls that should go to the same
	 * instance, or null
	 * @return the state of an instance of the list
	 */
	InstanceState pick(TriedInstances tried, @Nullable String hashKey);

	/**
	 * Creates the picker for a list. It is called again whenever the list changes, by one
	 * thread at a time for each service: first by the thread that makes the first call,
	 * then by a thread that follows the list, so it shouldn't take longer than a few
	 * milliseconds. A bean of this type serves all services, so it may be called
	 * concurrently for different services and must be thread-safe. If it throws an
	 * exception for a new list, the previous picker stays in use until the list changes
	 * again; if it does so for the first list, calls fail.
	 */
	@FunctionalInterface
	interface Factory {

		/**
		 * Creates a picker.
		 * @param candidates the instances to pick from
		 * @return a picker for these instances; never null
		 */
		InstancePicker create(Candidates candidates);

	}

}
