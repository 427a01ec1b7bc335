package io.eas.sample.model;

import org.jspecify.annotations.Nullable;

/**
 * Thrown for a body that can't be classified. The message is sent to the caller and
 * contains the problem, the value, and the expected input.
 */
class BadInputException extends RuntimeException {

	BadInputException(String message) {
		this(message, null);
	}

	BadInputException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
