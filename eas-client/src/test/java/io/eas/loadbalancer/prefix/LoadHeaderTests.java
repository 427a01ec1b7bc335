package io.eas.loadbalancer.prefix;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What engines tell of their load with a response.
 */
class LoadHeaderTests {

	@Test
	void numberOfWaitingRequestsIsRead() {
		assertThat(LoadHeader.read(
				"JSON {\"named_metrics\": {\"kv_cache_usage_perc\": 0.5, \"num_requests_waiting\": 7.0}, \"eps\": 1}"))
			.isEqualTo(new EngineLoad(7, -1, -1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "JSON", "JSON {}", "JSON null", "JSON {\"named_metrics\": null}",
			"JSON {\"named_metrics\": {\"num_requests_waiting\": null}}",
			"JSON {\"named_metrics\": {\"num_requests_waiting\": -1}}",
			"JSON {\"named_metrics\": {\"num_requests_waiting\": 1e300}}",
			"JSON {\"named_metrics\": {\"num_requests_waiting\": \"many\"}}", "JSON [", "JSON 7",
			"TEXT named_metrics.num_requests_waiting=7", "BIN CAE=" })
	void anythingElseTellsNothing(String value) {
		assertThat(LoadHeader.read(value)).isNull();
	}

}
