package io.eas.discovery;

import org.jspecify.annotations.Nullable;

/**
 * A poll gave no list. The message is for people: it says what was asked and what came
 * back.
 */
public final class DiscoveryException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * A failed poll.
	 * @param message what was asked and what came back
	 * @param cause why, or null
	 */
	public DiscoveryException(String message, @Nullable Throwable cause) {
		super(message, cause, false, false);
	}

}
