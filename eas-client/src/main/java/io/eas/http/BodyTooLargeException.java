package io.eas.http;

/**
 * A body has more bytes than may be held in memory.
 */
public final class BodyTooLargeException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * A body above a limit.
	 * @param limit the limit, in bytes
	 */
	public BodyTooLargeException(int limit) {
		super("the answer is larger than the limit of " + limit + " bytes");
	}

}
