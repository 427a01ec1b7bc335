package io.eas.discovery;

import org.jspecify.annotations.Nullable;

/**
 * Exception thrown if a poll returned no list of instances. The message has the requested
 * URL and a description of the response.
 */
public final class DiscoveryException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final boolean notFound;

	/**
	 * Creates an exception.
	 * @param message the request and its result
	 * @param cause the cause, or null
	 */
	public DiscoveryException(String message, @Nullable Throwable cause) {
		this(message, cause, false);
	}

	private DiscoveryException(String message, @Nullable Throwable cause, boolean notFound) {
		super(message, cause, false, false);
		this.notFound = notFound;
	}

	/**
	 * Creates an exception for a service or host that doesn't exist, or for a service of
	 * which no instance may be called.
	 * @param message the request and its result
	 * @param cause the cause, or null
	 * @return the exception
	 */
	public static DiscoveryException notFound(String message, @Nullable Throwable cause) {
		return new DiscoveryException(message, cause, true);
	}

	/**
	 * Returns whether there is no instance that may be called, and further polls are
	 * unlikely to find one.
	 * @return true for status 404, if a name server responds that the host doesn't exist,
	 * or if the addresses of all instances are outside of the allowed networks
	 */
	public boolean isNotFound() {
		return this.notFound;
	}

}
