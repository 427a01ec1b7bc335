package io.eas.benchmarks.load;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class EveryTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@Test
	void repeatsUntilClosed() {
		CountDownLatch times = new CountDownLatch(3);
		Every every = new Every(Duration.ofMillis(1), times::countDown);
		assertThat(Pause.until(times, PATIENCE)).isTrue();
		every.close();
		assertThat(every.times()).isGreaterThanOrEqualTo(3);
	}

	@Test
	void closeThrowsIfTheActionFailed() {
		CountDownLatch called = new CountDownLatch(1);
		Every every = new Every(Duration.ofMillis(1), () -> {
			called.countDown();
			throw new IllegalArgumentException("no");
		});
		assertThat(Pause.until(called, PATIENCE)).isTrue();
		assertThatIllegalStateException().isThrownBy(every::close).withMessageContaining("no");
		assertThat(every.times()).isZero();
	}

}
