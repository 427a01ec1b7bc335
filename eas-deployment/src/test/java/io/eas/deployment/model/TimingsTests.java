package io.eas.deployment.model;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When checks come.
 */
class TimingsTests {

	@ParameterizedTest
	@CsvSource({ "0, 10, 1, 0, 0", "0, 10, 3, 0, 20", "1, 10, 1, 10, 10", "10, 10, 1, 10, 10", "15, 10, 3, 20, 40",
			"3, 2, 3, 4, 8", "2147483647, 2147483647, 2147483647, 2147483647, 4611686014132420609" })
	void theDelayIsRoundedUpToATick(int delay, int period, int failures, long first, long last) {
		Timings timings = new Timings(delay, period, 1, 1, failures);
		assertThat(timings.firstCheck()).isEqualTo(first);
		assertThat(timings.lastChance()).isEqualTo(last);
	}

}
