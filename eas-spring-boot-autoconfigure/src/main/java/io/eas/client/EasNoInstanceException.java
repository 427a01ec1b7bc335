package io.eas.client;

import org.jspecify.annotations.Nullable;

/**
 * No list of instances has been seen yet. The message tells what discovery last said.
 */
public final class EasNoInstanceException extends EasException {

	private static final long serialVersionUID = 1L;

	EasNoInstanceException(Attempt attempt, String reason, @Nullable Throwable cause) {
		super(attempt, reason, cause);
	}

}
