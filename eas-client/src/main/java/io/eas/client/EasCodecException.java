package io.eas.client;

import org.jspecify.annotations.Nullable;

/**
 * A body could not be written, or an answer not be read: no codec for it, malformed, its
 * body larger than {@code http.max-in-memory-size} or its headers larger than
 * {@code http.max-header-size}. Never tried again.
 */
public final class EasCodecException extends EasException {

	private static final long serialVersionUID = 1L;

	/**
	 * A failure.
	 * @param attempt where it happened
	 * @param reason why, without where
	 * @param cause what failed, or null
	 */
	public EasCodecException(Attempt attempt, String reason, @Nullable Throwable cause) {
		super(attempt, reason, cause);
	}

}
