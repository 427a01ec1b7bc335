package io.eas.service;

import java.nio.charset.StandardCharsets;

import io.eas.loadbalancer.prefix.EngineLoad;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is read in the metrics of engines.
 */
class EngineMetricsTests {

	private static @Nullable EngineLoad read(String metrics) {
		return EngineMetrics.read(metrics.getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void readsVllm() {
		assertThat(read("""
				# HELP vllm:num_requests_running Number of requests in model execution batches.
				# TYPE vllm:num_requests_running gauge
				vllm:num_requests_running{engine="0",model_name="a {b} c"} 3.0
				vllm:num_requests_running{engine="1",model_name="a {b} c"} 1.0
				vllm:num_requests_waiting{engine="0",model_name="a {b} c"} 2.0
				vllm:prefix_cache_queries_total{engine="0",model_name="a {b} c"} 1.5e+06
				vllm:prefix_cache_hits_total{engine="0",model_name="a {b} c"} 500000.0
				""")).isEqualTo(new EngineLoad(2, 4, 1_000_000));
	}

	@Test
	void readsSglang() {
		assertThat(read("""
				sglang:num_running_reqs{model_name="qwen"} 5.0
				sglang:num_queue_reqs{model_name="qwen"} 7.0
				""")).isEqualTo(new EngineLoad(7, 5, -1));
	}

	@Test
	void timesOfSamplesAreNotTheirValues() {
		assertThat(read("""
				vllm:num_requests_waiting{model_name="a {b} c"} 2.0 1712345678000
				vllm:num_requests_running 3 1712345678000
				""")).isEqualTo(new EngineLoad(2, 3, -1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "up 1", "vllm:num_requests_waiting", "vllm:num_requests_waiting NaN",
			"vllm:num_requests_waiting{a=\"b\"} many", "vllm:num_requests_waiting -1" })
	void anythingElseSaysNothing(String metrics) {
		assertThat(read(metrics)).isNull();
	}

}
