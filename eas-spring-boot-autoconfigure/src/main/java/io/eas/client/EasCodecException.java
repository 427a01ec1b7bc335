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
	 * What came can't be read. Codecs quote it, and a model may send the token back.
	 */
	static EasException unreadable(Attempt attempt, String reason, Throwable failure) {
		return new EasCodecException(attempt, reason + attempt.quote(Failures.text(failure)),
				attempt.hasToken(failure) ? null : failure)
			.last();
	}

	EasCodecException(Attempt attempt, String reason, @Nullable Throwable cause) {
		super(attempt, reason, cause);
	}

}
