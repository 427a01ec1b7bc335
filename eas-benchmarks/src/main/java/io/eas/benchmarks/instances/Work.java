package io.eas.benchmarks.instances;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import reactor.core.publisher.Mono;

/**
 * The processing of requests, which takes time but doesn't use the processor.
 * Thread-safe.
 */
final class Work {

	/** No work at all. */
	static final Work NONE = new Work(Duration.ZERO, false);

	private final Duration time;

	private final boolean oneByOne;

	/**
	 * The {@link System#nanoTime} at which all requests so far will have been processed.
	 */
	private final AtomicLong done = new AtomicLong(System.nanoTime());

	/**
	 * Creates work of a fixed duration.
	 * @param time the processing time of a request
	 * @param oneByOne whether requests are processed one after the other
	 */
	Work(Duration time, boolean oneByOne) {
		this.time = time;
		this.oneByOne = oneByOne;
	}

	/**
	 * Delays the value of a publisher by the processing time.
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
