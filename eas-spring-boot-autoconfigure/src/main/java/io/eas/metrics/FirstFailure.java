package io.eas.metrics;

import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Says once that a convention or a handler of the application failed. Calls go on, and
 * what fails for one of them tends to fail for all. Thread-safe.
 */
final class FirstFailure {

	private static final Log log = LogFactory.getLog(FirstFailure.class);

	private final String service;

	private final AtomicBoolean told = new AtomicBoolean();

	FirstFailure(String service) {
		this.service = service;
	}

	void tell(RuntimeException failure) {
		String text = this.service + ": a call could not be observed; it goes on, and so do others";
		if (this.told.compareAndSet(false, true)) {
			log.error(text + " (further failures are logged only at debug level)", failure);
		}
		else {
			log.debug(text, failure);
		}
	}

}
