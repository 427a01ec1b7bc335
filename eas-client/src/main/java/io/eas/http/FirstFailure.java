package io.eas.http;

import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Logs the first exception of application code that only observes, such as a listener.
 * The observed operation continues. Further exceptions are logged at debug level only,
 * since such code usually fails every time. Thread-safe.
 */
public final class FirstFailure {

	private static final Log log = LogFactory.getLog(FirstFailure.class);

	private final String text;

	private final AtomicBoolean told = new AtomicBoolean();

	/**
	 * Creates a log without failures.
	 * @param text names the code that failed, and the work that continues nevertheless
	 */
	public FirstFailure(String text) {
		this.text = text;
	}

	/**
	 * Logs a failure: the first one as an error. Never throws, even if memory has run
	 * out.
	 * @param failure the failure, which may be an {@link Error}
	 */
	public void tell(Throwable failure) {
		try {
			if (this.told.compareAndSet(false, true)) {
				log.error(this.text + " (further failures are logged only at debug level)", failure);
			}
			else {
				log.debug(this.text, failure);
			}
		}
		catch (Throwable ex) {
			// there is no way left to report anything
		}
	}

}
