package io.eas.deployment.explanation;

import io.eas.deployment.model.Timings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The numbers, worked out by hand. The local EAS, which carries checks out, has a test
 * that they are bounds.
 */
class CheckScheduleTests {

	@ParameterizedTest
	@CsvSource({
			// delay, period, timeout, success, failure: first, passed, chance, killed,
			// refusing, hanging, recovered
			"0, 10, 1, 1, 3, 0 to 10 s, 0 to 11 s, 20 to 30 s, 20 to 31 s, 20 to 30 s, 20 to 31 s, 0 to 11 s",
			"3, 3, 1, 2, 4, 3 to 6 s, 6 to 10 s, 12 to 15 s, 12 to 16 s, 9 to 12 s, 9 to 13 s, 0 to 7 s",
			"0, 2, 1, 1, 30, 0 to 2 s, 0 to 3 s, 58 to 60 s, 58 to 61 s, 58 to 60 s, 58 to 61 s, 0 to 3 s",
			"15, 10, 1, 1, 1, 15 to 25 s, 15 to 26 s, 15 to 25 s, 15 to 26 s, 0 to 10 s, 0 to 11 s, 0 to 11 s",
			"0, 2, 5, 1, 3, 0 to 5 s, 0 to 10 s, 2 to 15 s, 2 to 20 s, 2 to 9 s, 10 to 17 s, 0 to 10 s" })
	void timesFollowFromTheTimings(int delay, int period, int timeout, int success, int failure, String first,
			String passed, String chance, String killed, String refusing, String hanging, String recovered) {
		CheckSchedule schedule = new CheckSchedule(new Timings(delay, period, timeout, success, failure));
		assertThat(schedule.firstCheck()).hasToString(first);
		assertThat(schedule.passedFromTheStart()).hasToString(passed);
		assertThat(schedule.lastChance()).hasToString(chance);
		assertThat(schedule.failedFromTheStart()).hasToString(killed);
		assertThat(schedule.failedAfterRefusing()).hasToString(refusing);
		assertThat(schedule.failedAfterHanging()).hasToString(hanging);
		assertThat(schedule.passedAfterRecovery()).hasToString(recovered);
	}

	@ParameterizedTest
	@CsvSource({ "-1, 1, 1, 1, 1, 'initial_delay_seconds must be 0 or more, was -1'",
			"0, 0, 1, 1, 1, 'period_seconds must be 1 or more, was 0'",
			"0, 1, 0, 1, 1, 'timeout_seconds must be 1 or more, was 0'",
			"0, 1, 1, 0, 1, 'success_threshold must be 1 or more, was 0'",
			"0, 1, 1, 1, 0, 'failure_threshold must be 1 or more, was 0'" })
	void impossibleTimingIsRefused(int delay, int period, int timeout, int success, int failure, String message) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new CheckSchedule(new Timings(delay, period, timeout, success, failure)))
			.withMessage(message);
	}

}
