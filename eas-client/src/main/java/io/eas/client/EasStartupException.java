package io.eas.client;

import java.time.Duration;

import io.eas.settings.Assert;

/**
 * Thrown when a service that must have instances at startup has none.
 */
public final class EasStartupException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String service;

	/**
	 * Creates an exception.
	 * @param service the alias of the service
	 * @param waited how long the startup has waited for an instance
	 * @param lastFailure the last failure of discovery
	 */
	public EasStartupException(String service, Duration waited, String lastFailure) {
		super(service + ": no instance is known after " + Assert.notNull("waited", waited).toMillis() + " ms: "
				+ lastFailure);
		this.service = service;
	}

	/**
	 * Returns the alias of the service.
	 * @return the name under {@code eas.services}
	 */
	public String service() {
		return this.service;
	}

}
