package io.eas.client;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the client could not send the request because it had no connection: the
 * connection was refused, the instance was unreachable, connecting timed out, the TLS
 * handshake failed, or the connection pool had no free connection. The request has
 * certainly not reached an instance.
 */
public final class EasConnectException extends EasException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param attempt the attempt that failed
	 * @param reason the reason, without service and instance
	 * @param cause the cause, or null
	 */
	public EasConnectException(Attempt attempt, String reason, @Nullable Throwable cause) {
		super(attempt, reason, cause);
	}

}
