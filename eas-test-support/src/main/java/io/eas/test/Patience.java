package io.eas.test;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Sets Awaitility's default timeout to one minute, so that tests also pass on busy
 * machines. Registered for every test by {@code META-INF/services}.
 */
public class Patience implements BeforeAllCallback {

	private static final Duration LONGEST = Duration.ofMinutes(1);

	@Override
	public void beforeAll(ExtensionContext context) {
		Awaitility.setDefaultTimeout(LONGEST);
	}

}
