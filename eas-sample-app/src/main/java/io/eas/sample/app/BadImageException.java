package io.eas.sample.app;

import org.jspecify.annotations.Nullable;

/**
 * What a caller sent isn't an image that the model takes. The message goes to the caller.
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
