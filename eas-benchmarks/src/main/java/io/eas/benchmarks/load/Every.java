package io.eas.benchmarks.load;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Repeats an action on a thread of its own until closed. The first run starts at once.
 */
public final class Every implements AutoCloseable {

	private static final long LONGEST_ACTION_SECONDS = 60;

	private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

	private final AtomicInteger times = new AtomicInteger();

	private final Future<?> action;

	/**
	 * Starts the repetition.
	 * @param period the time from one start of the action to the next
	 * @param action the action; if it fails, the repetition ends
	 */
	public Every(Duration period, Runnable action) {
		this.action = this.thread.scheduleAtFixedRate(() -> {
			action.run();
			this.times.incrementAndGet();
		}, 0, period.toNanos(), TimeUnit.NANOSECONDS);
	}

	/**
	 * Returns how often the action has run.
	 * @return the count so far
	 */
	public int times() {
		return this.times.get();
	}

	/**
	 * Ends the repetition and waits for the end of a running action.
	 * @throws IllegalStateException if the action failed or doesn't end
	 */
	@Override
	public void close() {
		this.thread.shutdown();
		try {
			if (!this.thread.awaitTermination(LONGEST_ACTION_SECONDS, TimeUnit.SECONDS)) {
				throw new IllegalStateException("the repeated action doesn't end");
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
			throw new IllegalStateException("the repeated action has failed: " + ex.getCause(), ex);
		}
	}

}
