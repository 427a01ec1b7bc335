package io.eas.benchmarks.calls;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import io.eas.benchmarks.clients.Body;
import io.eas.benchmarks.paths.CallPath;
import io.eas.benchmarks.paths.Turn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CallLoopTests {

	private static final Duration SHORT = Duration.ofMillis(500);

	private final ExecutorService threads = Executors.newFixedThreadPool(2);

	@AfterEach
	void end() {
		this.threads.shutdownNow();
	}

	@Test
	void hasOneCallInProgressPerCaller() {
		Answering path = new Answering(this.threads, Body.BYTES);
		Sample sample = new CallLoop(path, 3).run(Duration.ZERO, SHORT);
		assertThat(path.most.get()).isEqualTo(3);
		assertThat(path.inFlight.get()).isZero();
		assertThat(sample.calls()).isPositive();
		assertThat(sample.failed()).isZero();
		assertThat(sample.nanos()).isGreaterThanOrEqualTo(SHORT.toNanos());
		assertThat(sample.bytes()).isPositive();
		assertThat(sample.p50()).isPositive().isLessThanOrEqualTo(sample.p99());
		assertThat(sample.p99()).isLessThanOrEqualTo(sample.p999());
	}

	@Test
	void wrongResponseIsAFailureAndEndsItsCaller() {
		Sample sample = new CallLoop(new Answering(this.threads, new byte[1]), 2).run(Duration.ZERO, SHORT);
		assertThat(sample.failed()).isEqualTo(2);
		assertThat(sample.calls()).isZero();
	}

	/**
	 * Answers on other threads, and counts.
	 */
	private static final class Answering implements CallPath {

		private final AtomicInteger inFlight = new AtomicInteger();

		private final AtomicInteger most = new AtomicInteger();

		private final Executor threads;

		private final byte[] answer;

		private Answering(Executor threads, byte[] answer) {
			this.threads = threads;
			this.answer = answer;
		}

		@Override
		public void call(Turn turn) {
			this.most.accumulateAndGet(this.inFlight.incrementAndGet(), Math::max);
			this.threads.execute(() -> {
				this.inFlight.decrementAndGet();
				turn.onNext(this.answer.clone());
				turn.onComplete();
			});
		}

		@Override
		public void close() {
		}

	}

}
