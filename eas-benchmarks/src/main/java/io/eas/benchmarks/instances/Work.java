package io.eas.benchmarks.instances;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import reactor.core.publisher.Mono;

/**
 * What a request takes: time, but no processor. Thread-safe.
 */
final class Work {

	/** No work at all. */
	static final Work NONE = new Work(Duration.ZERO, false);

	private final Duration time;

	private final boolean oneByOne;

	/** When the last request of all those taken so far will be done. */
	private final AtomicLong done = new AtomicLong(System.nanoTime());

	/**
	 * Work of a fixed length.
	 * @param time what each request takes
	 * @param oneByOne whether requests wait for each other
	 */
	Work(Duration time, boolean oneByOne) {
		this.time = time;
		this.oneByOne = oneByOne;
	}

	/**
	 * Delays what a publisher gives by the work it takes.
	 */
	<T> Mono<T> after(Mono<T> request) {
		return this.time.isZero() ? request : request.delayUntil((body) -> Mono.delay(duration()));
	}

	private Duration duration() {
		if (!this.oneByOne) {
			return this.time;
		}
		long now = System.nanoTime();
		long end = this.done.updateAndGet((last) -> Math.max(0, last - now) + now + this.time.toNanos());
		return Duration.ofNanos(end - now);
	}

}
