package io.eas.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;

/**
 * Delays the shutdown of an application until callers no longer use it. During the drain,
 * readiness refuses traffic, EAS removes the instance from its list after some failed
 * probes, and clients see the new list with their next poll. Only then are the sockets
 * closed.
 * <p>
 * The drain blocks the thread that closes the context. It runs before all other listeners
 * of {@link ContextClosedEvent}, since executors shut down on this event. Everything else
 * stops after the drain. An interrupt ends the drain early. If the application declares a
 * {@code Drain} bean, the starter creates none. Thread-safe.
 */
public final class Drain implements ApplicationListener<ContextClosedEvent>, Ordered {

	private static final Log log = LogFactory.getLog(Drain.class);

	private final ApplicationContext context;

	private final Duration delay;

	private volatile boolean ready;

	private volatile @Nullable Long endingFrom;

	/**
	 * Creates the drain of an application.
	 * @param context the application context; events of child contexts are ignored
	 * @param delay the time for which requests are still served; zero for no drain
	 */
	public Drain(ApplicationContext context, Duration delay) {
		this.context = context;
		this.delay = delay;
	}

	/**
	 * Records that the application accepts requests, so that its shutdown will be
	 * delayed. If the start fails before this call, the application ends without a drain.
	 */
	public void ready() {
		this.ready = true;
	}

	/**
	 * Returns whether callers should close their connections, since a request on a
	 * persistent connection would be lost when the server stops. The result is false in
	 * the first half of the drain, so that callers that still use the instance needn't
	 * open a new connection for each call.
	 * @return true from the middle of the drain on
	 */
	public boolean isEnding() {
		Long from = this.endingFrom;
		return from != null && System.nanoTime() - from >= 0;
	}

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		if (this.ready && event.getApplicationContext() == this.context && !this.delay.isZero()) {
			this.endingFrom = System.nanoTime() + this.delay.toNanos() / 2;
			drain();
		}
	}

	private void drain() {
		log.info("Draining for " + text(this.delay) + ": readiness refuses traffic, requests are still served");
		long started = System.nanoTime();
		try {
			TimeUnit.NANOSECONDS.sleep(this.delay.toNanos());
			log.info("Drained: the server stops");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			log.warn("Drain interrupted after " + text(Duration.ofNanos(System.nanoTime() - started))
					+ ": the server stops, and clients may still call it");
		}
	}

	private static String text(Duration time) {
		return (time.toMillisPart() == 0) ? time.toSeconds() + "s" : time.toMillis() + "ms";
	}

	@Override
	public boolean supportsAsyncExecution() {
		return false;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

}
