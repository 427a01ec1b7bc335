package io.eas.deployment.explanation;

/**
 * Thrown for a timing that no health check can have.
 */
class InvalidTimingException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	InvalidTimingException(String message) {
		super(message);
	}

}
