package io.eas.discovery;

import org.jspecify.annotations.Nullable;

/**
 * A poll gave no list. The message is for people: it says what was asked and what came
 * back.
 */
public final class DiscoveryException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final boolean notFound;

	/**
	 * A failed poll.
	 * @param message what was asked and what came back
	 * @param cause why, or null
	 */
	public DiscoveryException(String message, @Nullable Throwable cause) {
		this(message, cause, false);
	}

	private DiscoveryException(String message, @Nullable Throwable cause, boolean notFound) {
		super(message, cause, false, false);
		this.notFound = notFound;
	}

	/**
	 * A poll that found that the service, or the host, doesn't exist.
	 * @param message what was asked and what came back
	 * @param cause why, or null
	 * @return the failure
	 */
	public static DiscoveryException notFound(String message, @Nullable Throwable cause) {
		return new DiscoveryException(message, cause, true);
	}

	/**
	 * Whether what was asked for doesn't exist, which asking again seldom changes.
	 * @return true for status 404, and where a name server says that there is no such
	 * host
	 */
	public boolean isNotFound() {
		return this.notFound;
	}

}
