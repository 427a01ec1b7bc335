package io.eas.client.request;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * For how long data may be unacknowledged, by the timeouts that are configured.
 */
class AcknowledgeTimeoutTests {

	@ParameterizedTest
	@CsvSource({ "500, 5000, 1000", "500, 2000, 1000", "100, 5000, 1000", "1000, 30000, 2000", "1500, 5000, 2500",
			"3000, 4000, 3000", "500, 100, 1000", "5000, 60000, 10000" })
	void acknowledgeTimeoutIsTwiceTheConnectTimeoutWithinBounds(long connectMillis, long responseMillis, long millis) {
		HttpSettings settings = HttpSettings.builder()
			.connectTimeout(Duration.ofMillis(connectMillis))
			.responseTimeout(Duration.ofMillis(responseMillis))
			.build();
		assertThat(settings.acknowledgeTimeout()).isEqualTo(Duration.ofMillis(millis));
	}

}
