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
 * Holds up the end of an application until no caller knows of it any more: readiness
 * already refuses, EAS takes the instance out of its list after some failed probes, and
 * clients see that with their next poll. Only then do the sockets close.
 * <p>
 * It blocks the thread that closes the context, before any other listener has heard of
 * it: executors shut down on the same event, everything else after it. An interrupt ends
 * it early. An application that declares a bean of this type gets no other. Safe for use
 * by several threads.
 */
public final class Drain implements ApplicationListener<ContextClosedEvent>, Ordered {

	private static final Log log = LogFactory.getLog(Drain.class);

	private final ApplicationContext context;

	private final Duration delay;

	private volatile boolean ready;

	private volatile @Nullable Long endingFrom;

	/**
	 * The drain of an application.
	 * @param context its context; children that close first don't count
	 * @param delay how long to serve on; none if zero
	 */
	public Drain(ApplicationContext context, Duration delay) {
		this.context = context;
		this.delay = delay;
	}

	/**
	 * The application takes requests, so there will be something to drain. A start that
	 * fails before ends at once.
	 */
	public void ready() {
		this.ready = true;
	}

	/**
	 * Whether callers should let their connections go: a request that a kept connection
	 * brings while the server stops would be lost. False at first, so that those who
	 * follow the list don't connect anew for each of their last calls.
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
		log.info("Draining for " + text(this.delay) + ": readiness refuses, requests are served on");
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
