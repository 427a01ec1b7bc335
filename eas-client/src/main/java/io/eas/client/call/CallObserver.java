package io.eas.client.call;

import io.eas.client.EasException;
import io.eas.instance.EasInstance;
import io.eas.loadbalancer.RequestLoad;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Observer of one call with all its attempts. It may be called by any thread, often by an
 * event loop, and must not block. Its exceptions have no effect on the call; the first
 * one is logged. Exactly one of {@link #answered}, {@link #failed} and {@link #cancelled}
 * is called, once. All other methods are called before these three, or while the caller
 * cancels.
 */
public interface CallObserver {

	/** An observer that does nothing. */
	CallObserver NONE = new CallObserver() {

		@Override
		public void writeTo(HttpHeaders request) {
		}

		@Override
		public void reached(Progress progress, long nanos) {
		}

		@Override
		public void answered(int status, EasInstance instance, int attempts) {
		}

		@Override
		public void failed(Throwable failure, int attempts) {
		}

		@Override
		public void cancelled(int status, @Nullable EasInstance instance, int attempts) {
		}

	};

	/**
	 * Called first, if the call has a request ID.
	 * @param requestId the ID that all attempts of the call send
	 */
	default void identified(String requestId) {
	}

	/**
	 * Called before the first attempt, if the load-balancing algorithm has read the body.
	 * @param load the result of reading the body; it tells {@linkplain RequestLoad#reason
	 * why an instance was picked} for the last attempt
	 */
	default void loadRead(RequestLoad load) {
	}

	/**
	 * Adds headers for the instance, such as the trace to which the call belongs. Called
	 * for each attempt. Headers of the call itself overwrite these.
	 * @param request the headers of the request
	 */
	void writeTo(HttpHeaders request);

	/**
	 * Called when a streamed response has made progress, at most once for each value of
	 * {@link Progress}, in the order of the values. Not called for an attempt that fails
	 * before its first event; a stream without events reports only its headers.
	 * @param progress the progress
	 * @param nanos the time since the start of the call, in nanoseconds
	 */
	void reached(Progress progress, long nanos);

	/**
	 * Called when the caller receives a response, which may be an error response.
	 * @param status the status code
	 * @param instance the instance that sent the response
	 * @param attempts the number of attempts
	 */
	void answered(int status, EasInstance instance, int attempts);

	/**
	 * Called when the caller receives no response, or a response that it treats as a
	 * failure.
	 * @param failure an {@link EasException}, or another exception if the JVM itself
	 * fails
	 * @param attempts the number of attempts; 0 if the call has reached no instance
	 */
	void failed(Throwable failure, int attempts);

	/**
	 * Called when the caller no longer waits, or cancels a stream.
	 * @param status the status code of the stream; 0 if there is none
	 * @param instance the instance that sends the stream, or null
	 * @param attempts the number of attempts; 0 if the call has reached no instance
	 */
	void cancelled(int status, @Nullable EasInstance instance, int attempts);

	/**
	 * Progress of a stream. Inference engines send the headers before they compute.
	 */
	enum Progress {

		/** The headers have arrived. */
		HEADERS,

		/** The first element for the caller has arrived. */
		FIRST_EVENT,

		/**
		 * The first element with content has arrived: in an event stream, the first event
		 * with data; in the stream of a language model, the first event whose choices
		 * contain text, reasoning or a tool call; in any other stream, the first element.
		 */
		FIRST_CONTENT

	}

}
