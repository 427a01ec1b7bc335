package io.eas.client.call;

import reactor.util.context.ContextView;

/**
 * Hears of the calls to one service. Called by the thread that subscribes to a call; must
 * not block. What it throws is logged, the first time, and the call goes on without it.
 * Thread-safe.
 */
@FunctionalInterface
public interface CallListener {

	/** Hears nothing, and costs nothing. */
	CallListener NONE = (method, context) -> CallObserver.NONE;

	/**
	 * A call starts; its body isn't encoded yet.
	 * @param method the HTTP method
	 * @param context what the subscriber brings along
	 * @return hears of this call alone, which ends just once
	 */
	CallObserver started(String method, ContextView context);

}
