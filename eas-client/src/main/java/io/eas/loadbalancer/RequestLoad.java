package io.eas.loadbalancer;

import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Information that an algorithm has read from the body of a request, such as the length
 * of a prompt and the hashes of its blocks. An algorithm creates such an object in
 * {@link InstancePicker.Factory#read}. The client passes the object to each pick of the
 * call, and notifies it of each attempt, so that the algorithm knows the load that it has
 * sent to each instance. The attempts of a call use the object one after the other.
 */
@FunctionalInterface
public interface RequestLoad {

	/**
	 * Called when an attempt starts. Must not block; if it throws an exception, the load
	 * of the attempt isn't counted.
	 * @param instance the instance that the attempt goes to, which may differ from the
	 * one that the picker returned
	 * @return an object that is notified of the progress of this attempt
	 */
	AttemptLoad start(InstanceState instance);

	/**
	 * Returns in words why the last pick for this request chose its instance. Called only
	 * when the reason is needed, after that pick and before the next one.
	 * @return a reason, such as the number of tokens that wait on the instance; it must
	 * not contain any content of the request; null, which is the default, for no reason
	 */
	default @Nullable String reason() {
		return null;
	}

	/**
	 * The load of one attempt. Thread-safe; the methods must not block, and an exception
	 * that they throw is ignored.
	 */
	interface AttemptLoad {

		/**
		 * Called before the request is sent. May add headers; a header that the call sets
		 * itself replaces the added one.
		 * @param headers adds a header, given its name and its value
		 */
		default void requesting(BiConsumer<String, String> headers) {
		}

		/**
		 * Called when the headers of a response that isn't a stream of events have
		 * arrived.
		 * @param headers returns the value of a header by its name, or null
		 */
		default void responding(UnaryOperator<@Nullable String> headers) {
		}

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
