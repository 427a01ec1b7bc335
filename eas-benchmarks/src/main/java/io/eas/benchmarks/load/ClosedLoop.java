package io.eas.benchmarks.load;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A number of callers that each make a call, wait for its end without blocking a thread,
 * and make the next one. They start with {@link #start}. Thread-safe.
 */
public final class ClosedLoop {

	private final Mono<Outcome> call;

	private final CallListener listener;

	private final AtomicLong left;

	private final Mono<Void> end;

	private ClosedLoop(Mono<Outcome> call, int callers, long calls, CallListener listener) {
		this.call = Mono.defer(() -> timed(call));
		this.listener = listener;
		this.left = new AtomicLong(calls);
		this.end = Flux.range(0, callers).flatMap((caller) -> caller(), callers).then().cache();
	}

	/**
	 * Starts callers that continue until they are stopped.
	 * @param call a cold call that never fails, because failures are part of its outcome
	 * @param callers the number of callers, 1 or more
	 * @param listener called at the end of each call
	 * @return the running load
	 */
	public static ClosedLoop start(Mono<Outcome> call, int callers, CallListener listener) {
		return start(call, callers, Long.MAX_VALUE, listener);
	}

	/**
	 * Starts callers that together make a given number of calls.
	 * @param call a cold call that never fails, because failures are part of its outcome
	 * @param callers the number of callers, 1 or more
	 * @param calls the number of calls
	 * @param listener called at the end of each call
	 * @return the running load
	 */
	public static ClosedLoop start(Mono<Outcome> call, int callers, long calls, CallListener listener) {
		ClosedLoop loop = new ClosedLoop(call, callers, calls, listener);
		loop.end.subscribe();
		return loop;
	}

	/**
	 * Returns one caller. It starts on another thread, because calls that fail at once
	 * would block the starting thread.
	 */
	private Mono<Void> caller() {
		return Mono.defer(() -> (this.left.getAndDecrement() > 0) ? this.call : Mono.<Outcome>empty())
			.repeat(() -> this.left.get() > 0)
			.then()
			.subscribeOn(Schedulers.parallel());
	}

	private Mono<Outcome> timed(Mono<Outcome> once) {
		long started = System.nanoTime();
		return once.doOnNext((outcome) -> this.listener.ended(started, System.nanoTime(), outcome));
	}

	/**
	 * Waits until all calls have been made and have ended. Blocks.
	 * @param patience the longest time to wait
	 * @return {@code false} if calls are still to be made or in progress
	 */
	public boolean awaitEnd(Duration patience) {
		return Boolean.TRUE
			.equals(this.end.thenReturn(true).timeout(patience, Mono.just(false), Schedulers.parallel()).block());
	}

	/**
	 * Stops making calls and waits for those in progress. Blocks.
	 * @param patience how long a call may take to end
	 * @throws IllegalStateException if a call takes longer
	 */
	public void stop(Duration patience) {
		this.left.set(0);
		if (!awaitEnd(patience)) {
			throw new IllegalStateException("a call has not ended within " + patience.toSeconds() + " s");
		}
	}

}
