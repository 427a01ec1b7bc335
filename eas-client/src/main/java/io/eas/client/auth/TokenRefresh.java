package io.eas.client.auth;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * Keeps a token up to date. A token in a file is read again once per second. A token from
 * a supplier is requested again from the supplier. Must be started and stopped by one
 * thread at a time.
 */
public final class TokenRefresh {

	private static final long MILLIS = 1000;

	private final @Nullable TokenSource token;

	private final Scheduler scheduler;

	private @Nullable Disposable running;

	/**
	 * Creates a refresh that is not started.
	 * @param token the token, or null
	 * @param scheduler runs the refresh, which blocks
	 */
	public TokenRefresh(@Nullable TokenSource token, Scheduler scheduler) {
		this.token = token;
		this.scheduler = scheduler;
	}

	/** Starts the refresh. Has no effect if it is already started. */
	public void start() {
		if (this.token instanceof SuppliedToken supplied) {
			supplied.start();
		}
		else if (this.running == null && this.token instanceof TokenFile file) {
			this.running = this.scheduler.schedulePeriodically(file::refresh, MILLIS, MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	/**
	 * Stops the refresh permanently, because another token replaces this one.
	 * @param successor the other token, or null
	 */
	public void retire(@Nullable TokenSource successor) {
		stop();
		if (this.token instanceof SuppliedToken supplied) {
			supplied.retire(successor);
		}
	}

	/** Stops the refresh. Has no effect if it is not started. */
	public void stop() {
		if (this.token instanceof SuppliedToken supplied) {
			supplied.stop();
		}
		else if (this.running != null) {
			this.running.dispose();
			this.running = null;
		}
	}

}
