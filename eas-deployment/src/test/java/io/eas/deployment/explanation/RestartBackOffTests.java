package io.eas.deployment.explanation;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The waits before restarts.
 */
class RestartBackOffTests {

	@Test
	void backOffDoublesFromTenSecondsToFiveMinutes() {
		assertThat(IntStream.rangeClosed(1, 9).mapToLong(RestartBackOff::wait).toArray()).containsExactly(0, 10, 20, 40,
				80, 160, 300, 300, 300);
		assertThat(RestartBackOff.wait(Integer.MAX_VALUE)).isEqualTo(300);
	}

}
