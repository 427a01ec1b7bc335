package io.eas.loadbalancer;

import java.time.Duration;

import io.eas.instance.EasInstance;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Writes a line when an instance is left out, and when it is used again.
 */
public final class EjectionLog implements EjectionListener {

	private static final Log log = LogFactory.getLog(EjectionLog.class);

	private final String service;

	/**
	 * A log of one service.
	 * @param service its alias
	 */
	public EjectionLog(String service) {
		this.service = service;
	}

	@Override
	public void ejected(EasInstance instance, String reason, Duration time) {
		log.warn(this.service + ": " + instance.address() + " is left out for " + time.toMillis() + " ms: " + reason);
	}

	@Override
	public void restored(EasInstance instance) {
		log.info(this.service + ": " + instance.address() + " answers and is used again");
	}

}
