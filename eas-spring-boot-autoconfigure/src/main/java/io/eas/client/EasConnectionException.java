package io.eas.client;

import org.jspecify.annotations.Nullable;

/**
 * The connection broke, by a reset or a close, after the request or a part of it was
 * sent: the instance may have carried it out.
 */
public final class EasConnectionException extends EasException {

	private static final long serialVersionUID = 1L;

	EasConnectionException(Attempt attempt, String reason, @Nullable Throwable cause) {
		super(attempt, reason, cause);
	}

}
