package io.eas.deployment.model;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When checks come.
 */
class TimingsTests {

	@ParameterizedTest
	@CsvSource({ "0, 10, 1, 0", "0, 10, 3, 20", "1, 10, 1, 1", "15, 10, 3, 35", "3, 2, 3, 7",
			"2147483647, 2147483647, 2147483647, 4611686014132420609" })
	void lastChanceIsOnePeriodPerFailureAfterTheDelay(int delay, int period, int failures, long last) {
		assertThat(new Timings(delay, period, 1, 1, failures).lastChance()).isEqualTo(last);
	}

}
