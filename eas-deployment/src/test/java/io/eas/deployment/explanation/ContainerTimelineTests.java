package io.eas.deployment.explanation;

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
	void readinessIsCheckedOnceTheStartupCheckHasPassed() {
		ContainerTimeline timeline = new ContainerTimeline(STARTUP, LIVENESS, READINESS, 30);
		assertThat(timeline.ready()).hasToString("0 to 4 s");
		assertThat(timeline.latestReady(STARTUP)).isEqualTo(62);
	}

	@ParameterizedTest
	@CsvSource({ "0, 10, 1, 0 to 17 s, 3 to 7 s", "0, 10, 2, 0 to 27 s, 3 to 17 s", "25, 4, 2, 25 to 34 s, 25 to 34 s",
			"5, 10, 1, 5 to 17 s, 5 to 16 s" })
	void initialDelayOfReadinessCountsFromTheStartOfTheContainer(int delay, int period, int successes, String early,
			String late) {
		CheckSchedule readiness = schedule(delay, period, 1, successes, 3);
		assertThat(new ContainerTimeline(schedule(0, 15, 1, 1, 3), null, readiness, 30).ready()).hasToString(early);
		assertThat(new ContainerTimeline(schedule(3, 2, 1, 1, 3), null, readiness, 30).ready()).hasToString(late);
	}

	@ParameterizedTest
	@CsvSource({ "0, 1, 0 to 2 s", "0, 3, 10 to 22 s", "5, 1, 5 to 16 s", "5, 2, 15 to 26 s" })
	void withoutAStartupCheckReadinessIsCheckedAtOnceOrAfterItsDelay(int delay, int successes, String ready) {
		assertThat(new ContainerTimeline(null, null, schedule(delay, 10, 1, successes, 3), 30).ready())
			.hasToString(ready);
	}

	@Test
	void withoutHealthCheckAnInstanceIsReadyOnceStarted() {
		assertThat(new ContainerTimeline(STARTUP, null, null, 30).ready()).hasToString("0 to 3 s");
		assertThat(new ContainerTimeline(STARTUP, null, null, 30).latestReady(STARTUP)).isEqualTo(61);
		assertThat(new ContainerTimeline(null, null, null, 30).ready()).hasToString("0 s");
	}

	@Test
	void readinessUnlistsAndLivenessKills() {
		ContainerTimeline timeline = new ContainerTimeline(STARTUP, LIVENESS, READINESS, 30);
		assertThat(timeline.refusing()).isEqualTo(new Failure(new TimeRange(20, 30), new TimeRange(20, 30)));
		assertThat(timeline.hanging()).isEqualTo(new Failure(new TimeRange(20, 31), new TimeRange(20, 33)));
	}

	@Test
	void withoutHealthCheckAnInstanceIsUnlistedOnlyWhenItEnds() {
		ContainerTimeline timeline = new ContainerTimeline(null, LIVENESS, null, 30);
		assertThat(timeline.refusing()).isEqualTo(new Failure(new TimeRange(20, 60), new TimeRange(20, 30)));
	}

	@Test
	void quickLivenessCheckUnlistsBeforeASlowHealthCheck() {
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
