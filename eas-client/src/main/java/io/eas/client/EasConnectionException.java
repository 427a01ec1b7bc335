package io.eas.client;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the connection was reset or closed after the request, or a part of it, had
 * been sent. The instance may have executed the request.
 */
public final class EasConnectionException extends EasException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param attempt the attempt that failed
	 * @param reason the reason, without service and instance
	 * @param cause the cause, or null
	 */
	public EasConnectionException(Attempt attempt, String reason, @Nullable Throwable cause) {
		super(attempt, reason, cause);
	}

}
