package io.eas.benchmarks.scale;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

import io.eas.benchmarks.load.CallListener;
import io.eas.benchmarks.load.Outcome;
import io.eas.benchmarks.load.Pause;

/**
 * Callers that each block a virtual thread until their call has ended, and then make the
 * next call. Can be used once.
 */
final class BlockingCallers {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final Supplier<Outcome> call;

	private final CallListener listener;

	private final CountDownLatch end;

	private volatile boolean over;

	private BlockingCallers(Supplier<Outcome> call, int callers, CallListener listener) {
		this.call = call;
		this.listener = listener;
		this.end = new CountDownLatch(callers);
	}

	/** Starts the callers. */
	static BlockingCallers start(Supplier<Outcome> call, int callers, CallListener listener) {
		BlockingCallers blocking = new BlockingCallers(call, callers, listener);
		ExecutorService threads = virtualThreads();
		for (int n = 0; n < callers; n++) {
			threads.execute(blocking::goOn);
		}
		threads.shutdown();
		return blocking;
	}

	/**
	 * Returns an executor of virtual threads. Created by reflection, because this module
	 * is compiled for Java 17, which has no virtual threads.
	 */
	private static ExecutorService virtualThreads() {
		try {
			return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
		}
		catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException ex) {
			throw new IllegalStateException("Java " + Runtime.version() + " has no virtual threads", ex);
		}
	}

	private void goOn() {
		try {
			while (!this.over) {
				long started = System.nanoTime();
				Outcome outcome = this.call.get();
				this.listener.ended(started, System.nanoTime(), outcome);
			}
		}
		finally {
			this.end.countDown();
		}
	}

	/**
	 * Stops making calls and waits for those in progress. Blocks.
	 * @throws IllegalStateException if a call doesn't end
	 */
	void stop() {
		this.over = true;
		if (!Pause.until(this.end, PATIENCE)) {
			throw new IllegalStateException("a call has not ended within " + PATIENCE.toSeconds() + " s");
		}
	}

}
