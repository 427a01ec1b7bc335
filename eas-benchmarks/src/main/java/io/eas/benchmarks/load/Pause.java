package io.eas.benchmarks.load;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Blocks the calling thread during measurements.
 */
public final class Pause {

	private Pause() {
	}

	/**
	 * Blocks for a while.
	 * @param time how long to block
	 * @throws IllegalStateException if interrupted
	 */
	public static void of(Duration time) {
		until(new CountDownLatch(1), time);
	}

	/**
	 * Blocks until an event has happened or the time is over.
	 * @param event the latch that is counted down by the event
	 * @param time the longest time to wait
	 * @return whether the event happened
	 * @throws IllegalStateException if interrupted
	 */
	public static boolean until(CountDownLatch event, Duration time) {
		try {
			return event.await(time.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

}
