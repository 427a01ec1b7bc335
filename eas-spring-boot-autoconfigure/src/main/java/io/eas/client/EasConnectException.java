package io.eas.client;

import org.jspecify.annotations.Nullable;

/**
 * There was no connection to send the request on: refused, unreachable, not established
 * in time, or none free. The request surely never reached an instance.
 */
public final class EasConnectException extends EasException {

	private static final long serialVersionUID = 1L;

	EasConnectException(Attempt attempt, String reason, @Nullable Throwable cause) {
		super(attempt, reason, cause);
	}

}
