package io.eas.loadbalancer;

/**
 * What an algorithm has read in the body of a request, such as the length of a prompt and
 * the hashes of its blocks. The client passes it to each pick of the call, and reports
 * each attempt, so that the algorithm can weigh what its instances have been sent. An
 * algorithm creates it by {@link InstancePicker.Factory#read}. Used by one attempt after
 * the other.
 */
@FunctionalInterface
public interface RequestLoad {

	/**
	 * Called when an attempt starts. Must not block; if it throws an exception, the load
	 * of the attempt isn't counted.
	 * @param instance the instance that the attempt goes to, which may be another one
	 * than the picker returned
	 * @return notified of the progress of this attempt
	 */
	AttemptLoad start(InstanceState instance);

	/**
	 * The load of one attempt. Thread-safe; the methods must not block, and an exception
	 * that they throw is ignored.
	 */
	interface AttemptLoad {

		/**
		 * Called when the first content of a stream has arrived. Not called for responses
		 * that are read as a whole.
		 */
		void content();

		/**
		 * Called once, when the attempt has ended: with the last byte of the response, by
		 * a failure or by a cancellation.
		 * @param outcome how the attempt ended
		 */
		void ended(Outcome outcome);

	}

}
