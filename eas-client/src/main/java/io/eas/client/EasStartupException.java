package io.eas.client;

import java.time.Duration;

import io.eas.settings.Assert;

/**
 * A service that must have instances when the application starts has none.
 */
public final class EasStartupException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String service;

	public EasStartupException(String service, Duration waited, String lastFailure) {
		super(service + ": no instance is known after " + Assert.notNull("waited", waited).toMillis() + " ms: "
				+ lastFailure);
		this.service = service;
	}

	/**
	 * The alias of the service.
	 * @return the name under {@code eas.services}
	 */
	public String service() {
		return this.service;
	}

}
