package io.eas.client;

import org.jspecify.annotations.Nullable;

/**
 * The connection broke, by a reset or a close, after the request or a part of it was
 * sent: the instance may have carried it out.
 */
public final class EasConnectionException extends EasException {

	private static final long serialVersionUID = 1L;

	/**
	 * A failure.
	 * @param attempt where it happened
	 * @param reason why, without where
	 * @param cause what failed, or null
	 */
	public EasConnectionException(Attempt attempt, String reason, @Nullable Throwable cause) {
		super(attempt, reason, cause);
	}

}
