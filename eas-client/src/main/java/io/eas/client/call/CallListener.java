package io.eas.client.call;

import reactor.util.context.ContextView;

/**
 * Listener for the calls to one service. It is called by the thread that subscribes to a
 * call, and must not block. If it throws an exception, the call continues without an
 * observer. Only the first exception is logged. Implementations must be thread-safe.
 */
@FunctionalInterface
public interface CallListener {

	/** A listener that does nothing. */
	CallListener NONE = (method, context) -> CallObserver.NONE;

	/**
	 * Called when a call starts, before its body is encoded.
	 * @param method the HTTP method
	 * @param context the context of the subscriber
	 * @return the observer for this call, which is notified exactly once of its end
	 */
	CallObserver started(String method, ContextView context);

}
