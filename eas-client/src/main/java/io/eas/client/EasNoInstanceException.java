package io.eas.client;

import org.jspecify.annotations.Nullable;

/**
 * No list of instances has been seen yet, and the message tells what discovery last said;
 * or none of them can be picked, and the cause is what the algorithm threw.
 */
public final class EasNoInstanceException extends EasException {

	private static final long serialVersionUID = 1L;

	/**
	 * A failure.
	 * @param attempt where it happened
	 * @param reason why, without where
	 * @param cause what failed, or null
	 */
	public EasNoInstanceException(Attempt attempt, String reason, @Nullable Throwable cause) {
		super(attempt, reason, cause);
	}

}
