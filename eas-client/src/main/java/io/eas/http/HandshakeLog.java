package io.eas.http;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import javax.net.ssl.SSLException;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Logs when TLS handshakes of a service fail, and when they succeed again. Each of these
 * two lines is logged at most once per minute, even if handshakes with one address fail
 * while those with another succeed. Other failures are logged at debug level.
 * Thread-safe.
 */
public final class HandshakeLog implements Consumer<@Nullable SSLException> {

	private static final Log log = LogFactory.getLog(HandshakeLog.class);

	private static final long INTERVAL = TimeUnit.MINUTES.toNanos(1);

	private final String service;

	private final LongSupplier nanoTime;

	private volatile boolean failing;

	private final LogLimit failures = new LogLimit();

	private final LogLimit successes = new LogLimit();

	public HandshakeLog(String service, LongSupplier nanoTime) {
		this.service = service;
		this.nanoTime = nanoTime;
	}

	@Override
	public void accept(@Nullable SSLException refusal) {
		if (refusal != null) {
			failed(refusal);
		}
		else if (this.failing && isOver()) {
			log.info(this.service + ": TLS handshakes succeed again");
		}
	}

	private synchronized boolean isOver() {
		boolean due = this.failing && this.successes.isDue(this.nanoTime.getAsLong());
		this.failing = this.failing && !due;
		return due;
	}

	private void failed(SSLException refusal) {
		if (isDue()) {
			log.warn(this.service + ": TLS handshake failed: " + refusal.getMessage()
					+ " (logged at most once per minute; every failure is logged at debug level)");
		}
		else {
			log.debug(this.service + ": TLS handshake failed", refusal);
		}
	}

	private synchronized boolean isDue() {
		this.failing = true;
		return this.failures.isDue(this.nanoTime.getAsLong());
	}

	/** Limits one kind of log line. Guarded by the lock of the enclosing object. */
	private static final class LogLimit {

		private boolean used;

		private long last;

		boolean isDue(long now) {
			if (this.used && now - this.last < INTERVAL) {
				return false;
			}
			this.used = true;
			this.last = now;
			return true;
		}

	}

}
