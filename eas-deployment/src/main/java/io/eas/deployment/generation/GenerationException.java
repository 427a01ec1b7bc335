package io.eas.deployment.generation;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if no descriptor can be generated for an application as it is configured. The
 * message contains the property, its value and what to set.
 */
public class GenerationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	GenerationException(String message) {
		this(message, null);
	}

	GenerationException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
