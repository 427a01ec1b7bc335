package io.eas.benchmarks.faults;

import java.time.Duration;

import io.eas.benchmarks.faults.Throughput.Timeline;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ThroughputTests {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	@Test
	void timeRunsFromTheFaultOnAndQuietSlotsAreZero() {
		Throughput throughput = new Throughput();
		long from = System.nanoTime() + SECOND;
		long struck = from + SECOND;
		for (long at = from; at < struck; at += SECOND / 100) {
			throughput.answered(at);
		}
		Timeline timeline = throughput.timeline(from, struck + SECOND, struck, struck + SECOND / 2);
		assertThat(timeline.mended()).isEqualTo(0.5);
		assertThat(timeline.seconds()).hasSizeBetween(18, 20)
			.first()
			.satisfies((first) -> assertThat(first).isBetween(-1.0, -0.8));
		assertThat(timeline.perSecond().get(0)).isCloseTo(100, within(10.0));
		assertThat(timeline.perSecond()).endsWith(0.0);
		assertThat(timeline.perSecond()).hasSameSizeAs(timeline.seconds());
	}

}
