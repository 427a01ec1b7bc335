package io.eas.benchmarks.bodies;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

import io.eas.benchmarks.calls.Spent;
import io.eas.benchmarks.load.ClosedLoop;
import io.eas.benchmarks.load.Measurement;
import io.eas.benchmarks.load.Outcome;
import io.eas.benchmarks.load.Pause;
import reactor.core.publisher.Mono;

/**
 * Callers that each carry one body after the other.
 *
 * @param path the way to carry bodies
 * @param transfer the transfer
 * @param callers the number of concurrent callers
 */
record TransferLoop(BodyPath path, Transfer transfer, int callers) {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	/**
	 * Runs the callers. Blocks until all transfers have ended.
	 * @param before the unmeasured time at the beginning
	 * @param measured the measured time
	 */
	BodySample run(Duration before, Duration measured) {
		LongAdder carried = new LongAdder();
		Measurement ended = new Measurement();
		// each transfer creates its own request, because threads must not share a
		// request of WebClient
		Mono<Outcome> once = Mono.defer(() -> this.transfer.over(this.path, carried))
			.map((whole) -> whole ? Outcome.answered(1) : failure(new IllegalStateException("bytes are missing")))
			.onErrorResume((failure) -> Mono.just(failure(failure)));
		ClosedLoop loop = ClosedLoop.start(once, this.callers, ended);
		Pause.of(before);
		try (PeakWatch watch = new PeakWatch()) {
			Spent first = Spent.now();
			long carriedFirst = carried.sum();
			Pause.of(measured);
			long carriedLast = carried.sum();
			Spent last = Spent.now();
			Peaks peaks = watch.peaks();
			loop.stop(PATIENCE);
			return new BodySample(ended.failed(), carriedLast - carriedFirst, last.nanos() - first.nanos(),
					last.cpuNanos() - first.cpuNanos(), first.bytesUntil(last), peaks);
		}
	}

	private static Outcome failure(Throwable cause) {
		cause.printStackTrace();
		return new Outcome(1, cause);
	}

}
