package io.eas.loadbalancer;

import io.eas.http.EncodedBody;
import org.jspecify.annotations.Nullable;

/**
 * Picks the instances of one list for calls. A load-balancing algorithm is a
 * {@link Factory}, which creates a picker for each list, so values that are computed from
 * the list can be reused until the list changes. Implementations must be thread-safe.
 *
 * <p>
 * A picker only decides where a call should go. It may check for any number of instances
 * whether they {@linkplain Candidates#admits are admitted}. An ejected instance gets one
 * trial at a time. If the picker picks an ejected instance, the client claims the trial
 * for the call. If another call has already claimed the trial, the client calls the
 * picker again, up to four times in all. The picker should then pick another instance; it
 * does so if it skips all instances that aren't admitted. If the picker returns an
 * instance that the call has already tried, or no admitted instance in four picks, the
 * client itself chooses another instance, if there is one: first among the instances in
 * use, then among the ejected ones.
 */
@FunctionalInterface
public interface InstancePicker {

	/**
	 * Picks the instance for the next attempt of a call. Implementations should skip
	 * instances that {@linkplain Candidates#admits are not admitted} while others are
	 * admitted. They must neither block nor throw an exception, since a call for which no
	 * instance is picked fails.
	 * @param tried the instances that the call has already tried. They should be skipped
	 * as long as the list contains an untried instance with a positive weight. If it
	 * contains none, only the instance that was tried last should be skipped, if there is
	 * another one
	 * @param hashKey the key that is shared by all calls that should go to the same
	 * instance, or null
	 * @return the state of an instance of the list
	 */
	InstanceState pick(TriedInstances tried, @Nullable String hashKey);

	/**
	 * Picks the instance for the next attempt of a call whose body the algorithm has
	 * {@linkplain Factory#read read}. The rules of {@link #pick(TriedInstances, String)},
	 * which is called by default, also apply here.
	 * @param tried the instances that the call has already tried
	 * @param hashKey the key that is shared by all calls that should go to the same
	 * instance, or null
	 * @param load the value that {@link Factory#read} returned for the body
	 * @return the state of an instance of the list
	 */
	default InstanceState pick(TriedInstances tried, @Nullable String hashKey, RequestLoad load) {
		return pick(tried, hashKey);
	}

	/**
	 * Creates the picker for a list. It is called again whenever the list changes, by one
	 * thread at a time for each service. It runs on the thread that makes the first call,
	 * and later on a thread that applies the new list, so it shouldn't take longer than a
	 * few milliseconds. A bean of this type serves all services, so it may be called
	 * concurrently for different services and must be thread-safe. If it throws an
	 * exception for a new list, the previous picker stays in use until the list changes
	 * again; if this happens for the first list, calls fail.
	 */
	@FunctionalInterface
	interface Factory {

		/**
		 * Creates a picker.
		 * @param candidates the instances to pick from
		 * @return a picker for these instances; never null
		 */
		InstancePicker create(Candidates candidates);

		/**
		 * Reads the body of a call, once for all its attempts, on the thread that makes
		 * the call. By default nothing is read. If it throws an exception, the call goes
		 * on as if nothing had been read.
		 * @param body the body before compression; its array must not be modified
		 * @return the information about the body that the pickers of this factory need,
		 * or null if they need none
		 */
		default @Nullable RequestLoad read(EncodedBody body) {
			return null;
		}

	}

}
