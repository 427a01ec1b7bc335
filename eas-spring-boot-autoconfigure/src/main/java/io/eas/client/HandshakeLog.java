package io.eas.client;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import javax.net.ssl.SSLException;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Writes a line when TLS handshakes of a service fail, for as long as they do one a
 * minute, and when they succeed again. All others show at debug level. Thread-safe.
 */
final class HandshakeLog implements Consumer<@Nullable SSLException> {

	private static final Log log = LogFactory.getLog(HandshakeLog.class);

	private static final long INTERVAL = TimeUnit.MINUTES.toNanos(1);

	private final String service;

	private final LongSupplier nanoTime;

	private volatile boolean failing;

	private long told;

	HandshakeLog(String service, LongSupplier nanoTime) {
		this.service = service;
		this.nanoTime = nanoTime;
	}

	@Override
	public void accept(@Nullable SSLException refusal) {
		if (refusal != null) {
			failed(refusal);
		}
		else if (this.failing) {
			this.failing = false;
			log.info(this.service + ": TLS handshakes succeed again");
		}
	}

	private void failed(SSLException refusal) {
		if (isDue()) {
			log.warn(this.service + ": TLS handshake failed: " + refusal.getMessage()
					+ " (shown once a minute; each at debug level)");
		}
		else {
			log.debug(this.service + ": TLS handshake failed", refusal);
		}
	}

	private synchronized boolean isDue() {
		long now = this.nanoTime.getAsLong();
		boolean due = !this.failing || now - this.told >= INTERVAL;
		this.failing = true;
		this.told = due ? now : this.told;
		return due;
	}

}
