package io.eas.benchmarks.load;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ClosedLoopTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final Measurement measured = new Measurement();

	@Test
	void makesTheGivenNumberOfCalls() {
		Mono<Outcome> call = Mono.just(Outcome.answered(1));
		assertThat(ClosedLoop.start(call, 7, 1000, this.measured).awaitEnd(PATIENCE)).isTrue();
		assertThat(this.measured.calls()).isEqualTo(1000);
	}

	@Test
	void aFailedCallIsCountedAndFollowedByTheNext() {
		Mono<Outcome> call = Mono.fromSupplier(() -> new Outcome(3, new IllegalStateException()));
		assertThat(ClosedLoop.start(call, 2, 100_000, this.measured).awaitEnd(PATIENCE)).isTrue();
		assertThat(this.measured.failures()).containsOnlyKeys("IllegalStateException");
		assertThat(this.measured.attempts()).isEqualTo(300_000);
	}

	@Test
	void hasOneCallPerCallerInFlight() {
		AtomicInteger inFlight = new AtomicInteger();
		Set<Integer> seen = ConcurrentHashMap.newKeySet();
		CountDownLatch all = new CountDownLatch(3);
		Sinks.Empty<Outcome> answer = Sinks.empty();
		Mono<Outcome> call = Mono.defer(() -> {
			seen.add(inFlight.incrementAndGet());
			all.countDown();
			return answer.asMono().thenReturn(Outcome.answered(1)).doFinally((signal) -> inFlight.decrementAndGet());
		});
		ClosedLoop loop = ClosedLoop.start(call, 3, 3, this.measured);
		assertThat(Pause.until(all, PATIENCE)).isTrue();
		answer.tryEmitEmpty();
		assertThat(loop.awaitEnd(PATIENCE)).isTrue();
		assertThat(seen).containsExactlyInAnyOrder(1, 2, 3);
	}

	@Test
	void stopsOnceTheCallsInFlightHaveEnded() {
		Sinks.One<Outcome> answer = Sinks.one();
		CountDownLatch called = new CountDownLatch(4);
		Mono<Outcome> call = answer.asMono().doOnSubscribe((subscription) -> called.countDown());
		ClosedLoop loop = ClosedLoop.start(call, 4, this.measured);
		assertThat(Pause.until(called, PATIENCE)).isTrue();
		assertThatIllegalStateException().isThrownBy(() -> loop.stop(Duration.ofMillis(50)))
			.withMessageContaining("has not ended");
		answer.tryEmitValue(Outcome.answered(1));
		loop.stop(PATIENCE);
		assertThat(this.measured.calls()).isEqualTo(4);
	}

}
