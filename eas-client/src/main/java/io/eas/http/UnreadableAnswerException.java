package io.eas.http;

import org.jspecify.annotations.Nullable;

/**
 * What came on a connection is no answer that can be read: its head is larger than
 * allowed, its framing is broken, or it isn't HTTP at all.
 */
public final class UnreadableAnswerException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final boolean http;

	/**
	 * An answer that can't be read.
	 * @param reason what is wrong with it
	 * @param http whether it is an answer in HTTP; false where whoever answered speaks
	 * something else
	 * @param cause what the decoder said, or null
	 */
	public UnreadableAnswerException(String reason, boolean http, @Nullable Throwable cause) {
		super(reason, cause, true, false);
		this.http = http;
	}

	/**
	 * Whether what came is HTTP, though it can't be read.
	 * @return false if the port belongs to something that isn't a model's server
	 */
	public boolean isHttp() {
		return this.http;
	}

}
