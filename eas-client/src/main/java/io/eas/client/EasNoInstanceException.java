package io.eas.client;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a call has no instance to go to: discovery has not returned a list of
 * instances yet (the message holds the last result of discovery), the load-balancing
 * algorithm failed (its exception is the cause), or the clients have been closed.
 */
public final class EasNoInstanceException extends EasException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param attempt the attempt that failed
	 * @param reason the reason, without service and instance
	 * @param cause the cause, or null
	 */
	public EasNoInstanceException(Attempt attempt, String reason, @Nullable Throwable cause) {
		super(attempt, reason, cause);
	}

}
