package io.eas.loadbalancer.selection;

import java.time.Duration;
import java.util.function.LongSupplier;

import io.eas.instance.EasInstance;
import io.eas.loadbalancer.EjectionListener;
import io.eas.loadbalancer.selection.LogRateLimiter.Line;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Logs each ejection at warn level and each return at info level. If there are many lines
 * at once, the first lines are logged and the others are only counted; failed trials are
 * logged at debug level. Thread-safe.
 */
public final class EjectionLog implements EjectionListener {

	private static final Log log = LogFactory.getLog(EjectionLog.class);

	private final String service;

	private final LogRateLimiter out;

	private final LogRateLimiter back;

	/**
	 * Creates the log of a service.
	 * @param service the alias of the service
	 */
	public EjectionLog(String service) {
		this(service, System::nanoTime);
	}

	EjectionLog(String service, LongSupplier clock) {
		this.service = service;
		this.out = new LogRateLimiter(clock);
		this.back = new LogRateLimiter(clock);
	}

	@Override
	public void ejected(EasInstance instance, Cause cause, String reason, Duration time, boolean again) {
		String left = " is left out" + (again ? " again" : "") + " for " + time.toMillis() + " ms: " + reason;
		if (again) {
			log.debug(text(instance, left));
			return;
		}
		warn(instance, left);
	}

	@Override
	public void avoided(EasInstance instance, Cause cause, String reason) {
		warn(instance, " fails, but no more instances may be left out (ejection.max-percent), so others are "
				+ "preferred: " + reason);
	}

	private void warn(EasInstance instance, String what) {
		Line line = this.out.next();
		if (line.heldBack() > 0) {
			log.warn(this.service + ": " + line.heldBack() + " more instance(s) were left out");
		}
		if (line.isShown()) {
			log.warn(text(instance, what) + more(line));
		}
		else {
			log.debug(text(instance, what));
		}
	}

	@Override
	public void restored(EasInstance instance) {
		String text = text(instance, " is used again");
		Line line = this.back.next();
		if (line.heldBack() > 0) {
			log.info(this.service + ": " + line.heldBack() + " more instance(s) were used again");
		}
		if (line.isShown()) {
			log.info(text + more(line));
		}
		else {
			log.debug(text);
		}
	}

	private String text(EasInstance instance, String what) {
		return this.service + ": " + instance.address() + what;
	}

	private static String more(Line line) {
		return line.isLast() ? " (further ones are counted, and named only at debug level)" : "";
	}

}
