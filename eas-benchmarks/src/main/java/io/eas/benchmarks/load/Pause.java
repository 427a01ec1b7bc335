package io.eas.benchmarks.load;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets real time pass, which is what a measurement needs.
 */
public final class Pause {

	private Pause() {
	}

	/**
	 * Blocks.
	 * @param time how long
	 * @throws IllegalStateException if interrupted
	 */
	public static void of(Duration time) {
		until(new CountDownLatch(1), time);
	}

	/**
	 * Blocks until something has happened, or the time is over.
	 * @param event counted down when it happens
	 * @param time how long at most
	 * @return whether it happened
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
