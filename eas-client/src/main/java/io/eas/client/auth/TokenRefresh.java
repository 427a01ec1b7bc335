package io.eas.client.auth;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * Has a token read again once a second where it is in a file. To be started and stopped
 * by one thread at a time.
 */
public final class TokenRefresh {

	private static final long MILLIS = 1000;

	private final @Nullable TokenSource token;

	private final Scheduler scheduler;

	private @Nullable Disposable running;

	public TokenRefresh(@Nullable TokenSource token, Scheduler scheduler) {
		this.token = token;
		this.scheduler = scheduler;
	}

	/** Does nothing if already started. */
	public void start() {
		if (this.running == null && this.token instanceof TokenFile file) {
			this.running = this.scheduler.schedulePeriodically(file::refresh, MILLIS, MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	public void stop() {
		if (this.running != null) {
			this.running.dispose();
			this.running = null;
		}
	}

}
