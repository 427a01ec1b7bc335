package io.eas.client;

import org.jspecify.annotations.Nullable;

/**
 * A body could not be written or read: no codec for it, malformed, or larger than
 * {@code http.max-in-memory-size}. Never tried again.
 */
public final class EasCodecException extends EasException {

	private static final long serialVersionUID = 1L;

	EasCodecException(Attempt attempt, String reason, @Nullable Throwable cause) {
		super(attempt, reason, cause);
	}

}
