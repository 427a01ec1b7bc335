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
	 * A poll that found that the service, or the host, doesn't exist, or that none of its
	 * instances may be called.
	 * @param message what was asked and what came back
	 * @param cause why, or null
	 * @return the failure
	 */
	public static DiscoveryException notFound(String message, @Nullable Throwable cause) {
		return new DiscoveryException(message, cause, true);
	}

	/**
	 * Whether there is nothing to call, which asking again seldom changes.
	 * @return true for status 404, where a name server says that there is no such host,
	 * and where all instances are outside of the allowed networks
	 */
	public boolean isNotFound() {
		return this.notFound;
	}

}
