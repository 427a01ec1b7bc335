package io.eas.benchmarks.bodies;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

class SlowReaderTests {

	private final List<Long> requests = new ArrayList<>();

	private final AtomicBoolean cancelled = new AtomicBoolean();

	@Test
	void requestsOnePieceAtATimeUpToItsLimit() {
		SlowReader reader = new SlowReader(100, Duration.ZERO);
		read(Flux.just(60, 60, 60), reader);
		assertThat(reader.read()).isEqualTo(120);
		assertThat(this.requests).containsExactly(1L, 1L);
		assertThat(this.cancelled).isFalse();
		reader.cancel();
		assertThat(this.cancelled).isTrue();
	}

	@Test
	void continuesAfterThePausePerMegabyte() {
		SlowReader reader = new SlowReader(3L * Transfer.MEGABYTE, Duration.ofMillis(1));
		read(Flux.just(Transfer.MEGABYTE).repeat(10), reader);
		assertThat(reader.read()).isEqualTo(3L * Transfer.MEGABYTE);
	}

	@Test
	void completionOrErrorEndsTheWait() {
		SlowReader failed = new SlowReader(100, Duration.ZERO);
		read(Flux.error(new IllegalStateException("too large")), failed);
		assertThat(failed.read()).isZero();
		SlowReader complete = new SlowReader(100, Duration.ZERO);
		read(Flux.just(1), complete);
		assertThat(complete.read()).isEqualTo(1);
	}

	private void read(Flux<Integer> stream, SlowReader reader) {
		stream.doOnRequest(this.requests::add).doOnCancel(() -> this.cancelled.set(true)).subscribe(reader);
		reader.await();
	}

}
