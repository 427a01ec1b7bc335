package io.eas.benchmarks.scale;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.eas.benchmarks.load.CallListener;
import io.eas.benchmarks.load.Outcome;
import io.eas.benchmarks.load.Pause;
import reactor.core.publisher.Mono;

/**
 * Callers that each block a virtual thread until their call has ended, and make the next.
 * Of one use.
 */
final class BlockingCallers {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final Mono<Outcome> call;

	private final CallListener listener;

	private final CountDownLatch end;

	private volatile boolean over;

	private BlockingCallers(Mono<Outcome> call, int callers, CallListener listener) {
		this.call = call;
		this.listener = listener;
		this.end = new CountDownLatch(callers);
	}

	/** Starts them. */
	static BlockingCallers start(Mono<Outcome> call, int callers, CallListener listener) {
		BlockingCallers blocking = new BlockingCallers(call, callers, listener);
		ExecutorService threads = virtualThreads();
		for (int n = 0; n < callers; n++) {
			threads.execute(blocking::goOn);
		}
		threads.shutdown();
		return blocking;
	}

	/** This is compiled for a Java that has none. */
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
				Outcome outcome = Objects.requireNonNull(this.call.block());
				this.listener.ended(started, System.nanoTime(), outcome);
			}
		}
		finally {
			this.end.countDown();
		}
	}

	/**
	 * Makes no more calls and waits for those under way. Blocks.
	 * @throws IllegalStateException if one doesn't end
	 */
	void stop() {
		this.over = true;
		if (!Pause.until(this.end, PATIENCE)) {
			throw new IllegalStateException("a call has not ended within " + PATIENCE.toSeconds() + " s");
		}
	}

}
