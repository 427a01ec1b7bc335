package io.eas.http;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the data received on a connection is not a readable response: its head is
 * larger than allowed, its framing is invalid, or it is not HTTP at all.
 */
public final class UnreadableAnswerException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final boolean http;

	/**
	 * Creates an exception.
	 * @param reason what is wrong with the response
	 * @param http whether the data is an HTTP response; false if the server speaks
	 * another protocol
	 * @param cause the exception of the decoder, or null
	 */
	public UnreadableAnswerException(String reason, boolean http, @Nullable Throwable cause) {
		super(reason, cause, true, false);
		this.http = http;
	}

	/**
	 * Returns whether the data is an HTTP response, although it can't be read.
	 * @return false if the server speaks another protocol
	 */
	public boolean isHttp() {
		return this.http;
	}

}
