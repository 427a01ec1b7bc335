package io.eas.deployment.explanation;

import java.util.stream.LongStream;

import io.eas.deployment.explanation.ContainerTimeline.Failure;
import io.eas.deployment.model.Timings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What follows from several checks together.
 */
class ContainerTimelineTests {

	private static final CheckSchedule STARTUP = schedule(0, 2, 1, 1, 30);

	private static final CheckSchedule LIVENESS = schedule(0, 10, 3, 1, 3);

	private static final CheckSchedule READINESS = schedule(0, 10, 1, 1, 3);

	@Test
	void readinessWaitsForStartupAndThenForItsNextCheck() {
		ContainerTimeline timeline = new ContainerTimeline(STARTUP, LIVENESS, READINESS, 30);
		assertThat(timeline.earliestReady()).isEqualTo(10);
		assertThat(timeline.latestReady(STARTUP)).isEqualTo(61);
	}

	@ParameterizedTest
	@CsvSource({ "0, 1, 0, 1", "0, 2, 0, 10", "3, 2, 0, 10", "10, 2, 0, 10", "5, 3, 25, 4", "0, 2, 1, 5" })
	void earliestReadyIsTheFirstOfAllTicksThatMayBe(int delay, int period, int readyDelay, int readyPeriod) {
		CheckSchedule startup = schedule(delay, period, 1, 1, 3);
		CheckSchedule readiness = schedule(readyDelay, readyPeriod, 1, 2, 3);
		long started = startup.earliestPass();
		long first = LongStream.iterate(0, (tick) -> tick + readyPeriod)
			.filter((tick) -> tick > started && tick >= readyDelay)
			.findFirst()
			.getAsLong();
		assertThat(new ContainerTimeline(startup, null, readiness, 30).earliestReady()).isEqualTo(first + readyPeriod);
	}

	@Test
	void withoutHealthCheckAnInstanceIsReadyOnceStarted() {
		assertThat(new ContainerTimeline(STARTUP, null, null, 30).earliestReady()).isZero();
		assertThat(new ContainerTimeline(STARTUP, null, null, 30).latestReady(STARTUP)).isEqualTo(59);
		assertThat(new ContainerTimeline(null, null, null, 30).earliestReady()).isZero();
	}

	@Test
	void readinessUnlistsAndLivenessKills() {
		ContainerTimeline timeline = new ContainerTimeline(STARTUP, LIVENESS, READINESS, 30);
		assertThat(timeline.refusing()).isEqualTo(new Failure(new TimeRange(20, 30), new TimeRange(20, 30)));
		assertThat(timeline.hanging()).isEqualTo(new Failure(new TimeRange(21, 31), new TimeRange(23, 33)));
	}

	@Test
	void withoutHealthCheckOnlyItsEndUnlistsAnInstance() {
		ContainerTimeline timeline = new ContainerTimeline(null, LIVENESS, null, 30);
		assertThat(timeline.refusing()).isEqualTo(new Failure(new TimeRange(20, 60), new TimeRange(20, 30)));
	}

	@Test
	void aQuickLivenessCheckUnlistsBeforeASlowHealthCheckDoes() {
		ContainerTimeline timeline = new ContainerTimeline(null, schedule(0, 1, 1, 1, 1), READINESS, 5);
		assertThat(timeline.refusing()).isEqualTo(new Failure(new TimeRange(0, 6), new TimeRange(0, 1)));
	}

	@Test
	void withoutLivenessAndReadinessNothingHappens() {
		assertThat(new ContainerTimeline(STARTUP, null, null, 30).hanging()).isEqualTo(new Failure(null, null));
	}

	private static CheckSchedule schedule(int delay, int period, int timeout, int success, int failure) {
		return new CheckSchedule(new Timings(delay, period, timeout, success, failure));
	}

}
