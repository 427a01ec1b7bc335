package io.eas.client;

import org.jspecify.annotations.Nullable;

/**
 * There was no connection to send the request on: refused, unreachable, not established
 * in time, refused by TLS, or none free. The request surely never reached an instance.
 */
public final class EasConnectException extends EasException {

	private static final long serialVersionUID = 1L;

	/**
	 * A failure.
	 * @param attempt where it happened
	 * @param reason why, without where
	 * @param cause what failed, or null
	 */
	public EasConnectException(Attempt attempt, String reason, @Nullable Throwable cause) {
		super(attempt, reason, cause);
	}

}
