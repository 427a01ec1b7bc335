package io.eas.http;

/**
 * Exception thrown if a body is larger than the limit for bodies in memory.
 */
public final class BodyTooLargeException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates an exception.
	 * @param limit the limit that the body exceeds, in bytes
	 */
	public BodyTooLargeException(int limit) {
		super("the answer is larger than the limit of " + limit + " bytes");
	}

}
