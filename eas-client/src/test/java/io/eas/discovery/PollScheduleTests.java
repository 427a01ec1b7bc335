package io.eas.discovery;

import java.time.Duration;
import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long waits are.
 */
class PollScheduleTests {

	@Property
	void delayIsBetweenIntervalAndIntervalTimesOnePlusJitter(@ForAll @IntRange(min = 1, max = 86_400_000) int millis,
			@ForAll @DoubleRange(min = 0, max = 1) double jitter, @ForAll long seed) {
		PollSchedule schedule = new PollSchedule(Duration.ofMillis(millis), jitter);
		Duration wait = schedule.waitAfter(1, DiscoveryState.UNKNOWN, new Random(seed));
		assertThat(wait).isBetween(schedule.interval(), PollSchedule.longest(schedule.interval(), jitter));
	}

	@Property
	void allDelaysStayWithinTheRangeOfEas(@ForAll @IntRange(min = 5000, max = 10000) int millis,
			@ForAll @DoubleRange(min = 0, max = 1) double jitter, @ForAll long seed) {
		Duration interval = Duration.ofMillis(millis);
		double allowed = Math.min(jitter, 10000.0 / millis - 1);
		PollSchedule schedule = new PollSchedule(interval, allowed);
		Random random = new Random(seed);
		for (int poll = 0; poll < 10; poll++) {
			assertThat(schedule.waitAfter(poll, DiscoveryState.UNKNOWN, random)).isBetween(PollSchedule.SHORTEST,
					PollSchedule.LONGEST);
		}
	}

	@ParameterizedTest
	@CsvSource({ "5000, 0.2, 10000", "6000, 0.2, 10000", "8000, 0.25, 10000", "10000, 0, 10000", "4000, 0.2, 8000",
			"100, 0.2, 200", "9000, 0.5, 18000", "20000, 0.2, 40000" })
	void firstDelayIsUpToTwiceTheIntervalWithinTheRangeOfEas(long interval, double jitter, long longestFirst) {
		assertThat(new PollSchedule(Duration.ofMillis(interval), jitter).longestFirst())
			.isEqualTo(Duration.ofMillis(longestFirst));
	}

	@Test
	void delayIsTheIntervalWithoutJitterAndRange() {
		PollSchedule schedule = new PollSchedule(Duration.ofSeconds(10), 0);
		assertThat(schedule.waitAfter(0, DiscoveryState.UNKNOWN, new Random(1))).isEqualTo(Duration.ofSeconds(10));
		assertThat(schedule.waitAfter(1, DiscoveryState.UNKNOWN, new Random(1))).isEqualTo(Duration.ofSeconds(10));
	}

}
