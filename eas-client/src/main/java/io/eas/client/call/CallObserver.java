package io.eas.client.call;

import io.eas.client.EasException;
import io.eas.instance.EasInstance;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Hears of one call, with all its attempts. Called by any thread, often an event loop;
 * must not block. What it throws is logged, the first time, and changes nothing for the
 * call. Of {@link #answered}, {@link #failed} and {@link #cancelled} one is called, once;
 * what else is heard comes before that, or while a caller cancels.
 */
public interface CallObserver {

	/** Hears nothing. */
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
	 * Adds what the instance should know, such as the trace that the call belongs to.
	 * Called for each attempt; what the call itself says is written over it.
	 * @param request the headers of the request
	 */
	void writeTo(HttpHeaders request);

	/**
	 * An answer that the caller takes while it comes has got further. Heard once each, in
	 * their order; nothing is heard of an attempt that fails before its first event, and
	 * of a stream without any only of its headers.
	 * @param progress how far
	 * @param nanos when that was, in nanoseconds from the beginning of the call on
	 */
	void reached(Progress progress, long nanos);

	/**
	 * The caller gets an answer, be it one that says that something went wrong.
	 * @param status its status
	 * @param instance who gave it
	 * @param attempts how many it took
	 */
	void answered(int status, EasInstance instance, int attempts);

	/**
	 * The caller gets none, or one that it takes as a failure.
	 * @param failure an {@link EasException}, unless this machine is broken
	 * @param attempts how many there were; 0 where the call got to no instance
	 */
	void failed(Throwable failure, int attempts);

	/**
	 * The caller no longer waits, or has enough of an answer that it takes while it
	 * comes.
	 * @param status the status of that answer; 0 where there is none
	 * @param instance who gave it, or null
	 * @param attempts how many there were; 0 where the call got to no instance
	 */
	void cancelled(int status, @Nullable EasInstance instance, int attempts);

	/**
	 * How far a stream has got. Engines send headers before they compute.
	 */
	enum Progress {

		/** The headers are there. */
		HEADERS,

		/** The first element is there, which the caller gets. */
		FIRST_EVENT,

		/**
		 * The first element is there that says something: of an event stream the first
		 * with data, of a language model's the first whose choices have any text,
		 * reasoning or call of a tool; of all other streams the first.
		 */
		FIRST_CONTENT

	}

}
