package io.eas.sample.app;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if a caller's image is not one that the model accepts. The message is sent to
 * the caller.
 */
class BadImageException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	BadImageException(String message) {
		this(message, null);
	}

	BadImageException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
