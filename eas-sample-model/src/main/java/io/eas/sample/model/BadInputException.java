package io.eas.sample.model;

import org.jspecify.annotations.Nullable;

/**
 * A body that can't be classified. The message goes to the caller: what was wrong, the
 * value, and what is expected.
 */
class BadInputException extends RuntimeException {

	BadInputException(String message) {
		this(message, null);
	}

	BadInputException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
