package io.eas.deployment.explanation;

/**
 * A timing is none that a check could have.
 */
class ImpossibleTimingException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	ImpossibleTimingException(String message) {
		super(message);
	}

}
