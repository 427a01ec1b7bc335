package io.eas.http;

import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Says once that code of the application failed which only looks on, such as a listener.
 * What it looked at goes on, and what fails once tends to fail each time. Thread-safe.
 */
public final class FirstFailure {

	private static final Log log = LogFactory.getLog(FirstFailure.class);

	private final String text;

	private final AtomicBoolean told = new AtomicBoolean();

	/**
	 * Nothing has failed yet.
	 * @param text whose failure it will be, and what goes on all the same
	 */
	public FirstFailure(String text) {
		this.text = text;
	}

	/**
	 * Tells a failure, at level error if it is the first. Never throws: memory may have
	 * run out.
	 * @param failure an {@link Error} too
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
			// there is nobody left to tell
		}
	}

}
