package io.eas.benchmarks.load;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class MeasurementTests {

	private final Measurement measured = new Measurement();

	@Test
	void emptyMeasurementIsZero() {
		assertThat(this.measured.calls()).isZero();
		assertThat(this.measured.worstMillis()).isZero();
		assertThat(this.measured.attemptsPerCall()).isZero();
	}

	@Test
	void reportsTheWorstLatencyAndTheTail() {
		for (int millis = 1; millis <= 1000; millis++) {
			add(Duration.ofMillis(millis), Outcome.answered(1));
		}
		assertThat(this.measured.worstMillis()).isCloseTo(1000, within(1.0));
		assertThat(this.measured.millis(99)).isCloseTo(990, within(1.0));
	}

	@Test
	void latenciesAboveTwoMinutesCountAsTwoMinutes() {
		add(Duration.ofHours(1), Outcome.answered(1));
		assertThat(this.measured.worstMillis()).isCloseTo(120_000, within(120.0));
	}

	@Test
	void countsFailuresByKindAndAttempts() {
		add(Duration.ofMillis(1), Outcome.answered(1));
		add(Duration.ofMillis(1), new Outcome(3, new IllegalStateException()));
		assertThat(this.measured.answered()).isEqualTo(1);
		assertThat(this.measured.failures()).containsOnlyKeys("IllegalStateException").containsValue(1L);
		assertThat(this.measured.attemptsPerCall()).isEqualTo(2);
	}

	@Test
	void attemptsAreNotNegative() {
		assertThatIllegalArgumentException().isThrownBy(() -> Outcome.answered(-1))
			.withMessage("attempts must be 0 or more, was -1");
	}

	private void add(Duration latency, Outcome outcome) {
		this.measured.ended(0, latency.toNanos(), outcome);
	}

}
