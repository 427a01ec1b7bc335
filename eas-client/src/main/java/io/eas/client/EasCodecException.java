package io.eas.client;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a request body cannot be encoded or a response cannot be decoded: there is
 * no codec for the type, the content is malformed, the response body is larger than
 * {@code http.max-in-memory-size}, or the response headers are larger than
 * {@code http.max-header-size}. Such a failure is never retried.
 */
public final class EasCodecException extends EasException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param attempt the attempt that failed
	 * @param reason the reason, without service and instance
	 * @param cause the cause, or null
	 */
	public EasCodecException(Attempt attempt, String reason, @Nullable Throwable cause) {
		super(attempt, reason, cause);
	}

}
