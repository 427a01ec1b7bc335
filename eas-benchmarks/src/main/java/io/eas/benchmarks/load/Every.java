package io.eas.benchmarks.load;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Does something over and over on a thread of its own, the first time at once, until it
 * is closed.
 */
public final class Every implements AutoCloseable {

	private static final long LONGEST_ACTION_SECONDS = 60;

	private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

	private final AtomicInteger times = new AtomicInteger();

	private final Future<?> action;

	/**
	 * Starts.
	 * @param period from one beginning to the next
	 * @param action what to do; ends all if it fails
	 */
	public Every(Duration period, Runnable action) {
		this.action = this.thread.scheduleAtFixedRate(() -> {
			action.run();
			this.times.incrementAndGet();
		}, 0, period.toNanos(), TimeUnit.NANOSECONDS);
	}

	/**
	 * How often it has been done.
	 * @return the count so far
	 */
	public int times() {
		return this.times.get();
	}

	/**
	 * Ends after what is just being done, for which it waits.
	 * @throws IllegalStateException if the action failed, or doesn't end
	 */
	@Override
	public void close() {
		this.thread.shutdown();
		try {
			if (!this.thread.awaitTermination(LONGEST_ACTION_SECONDS, TimeUnit.SECONDS)) {
				throw new IllegalStateException("what is done over and over doesn't end");
			}
			if (!this.action.isCancelled()) {
				this.action.get();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("what is done over and over has failed: " + ex.getCause(), ex);
		}
	}

}
