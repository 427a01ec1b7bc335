package io.eas.http;

import org.jspecify.annotations.Nullable;

/**
 * What came on a connection can't be read as an answer. The connection is closed.
 */
public final class UnreadableAnswerException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final boolean http;

	/**
	 * An answer that can't be read.
	 * @param reason why, as the end of a sentence
	 * @param http whether it is HTTP at all
	 * @param cause what the decoder said, or null
	 */
	public UnreadableAnswerException(String reason, boolean http, @Nullable Throwable cause) {
		super(reason, cause, false, false);
		this.http = http;
	}

	/**
	 * Whether it is HTTP at all. If not, something else than the service listens at that
	 * address.
	 * @return false if what came doesn't begin as an answer does
	 */
	public boolean isHttp() {
		return this.http;
	}

}
