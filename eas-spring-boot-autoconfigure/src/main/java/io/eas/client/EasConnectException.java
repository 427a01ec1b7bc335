package io.eas.client;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

/**
 * There was no connection to send the request on: refused, unreachable, not established
 * in time, refused by TLS, or none free. The request surely never reached an instance.
 */
public final class EasConnectException extends EasException {

	private static final long serialVersionUID = 1L;

	EasConnectException(Attempt attempt, String reason, @Nullable Throwable cause) {
		super(attempt, reason, cause);
	}

	/** A certificate or a protocol that is refused once will be refused again. */
	@Override
	boolean isOfItsAddress() {
		for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
			if (cause instanceof SSLException) {
				return true;
			}
		}
		return false;
	}

}
