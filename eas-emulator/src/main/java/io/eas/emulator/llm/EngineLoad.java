package io.eas.emulator.llm;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import tools.jackson.databind.json.JsonMapper;

/**
 * The load that an engine reports, under vLLM's names.
 *
 * @param running sequences in prefill and decode
 * @param waiting sequences whose prefill hasn't started
 * @param cacheUsage the share of the cache's blocks that running sequences take, from 0
 * to 1
 * @param queriedTokens the number of prompt tokens that were looked up in the prefix
 * cache
 * @param hitTokens the number of looked-up tokens that were found
 */
record EngineLoad(int running, int waiting, double cacheUsage, long queriedTokens, long hitTokens) {

	private static final String GAUGE = "gauge";

	private static final String COUNTER = "counter";

	/** Returns the load in the text format of Prometheus. */
	String metrics(String model) {
		String labels = "{engine=\"0\",model_name=\"" + model.replace("\\", "\\\\").replace("\"", "\\\"") + "\"} ";
		return metric("num_requests_running", GAUGE, "Sequences in prefill and decode.", labels, this.running)
				+ metric("num_requests_waiting", GAUGE, "Sequences whose prefill hasn't started.", labels, this.waiting)
				+ metric("kv_cache_usage_perc", GAUGE, "Share of the cache in use, from 0 to 1.", labels,
						this.cacheUsage)
				+ metric("prefix_cache_queries_total", COUNTER, "Tokens looked up in the prefix cache.", labels,
						(double) this.queriedTokens)
				+ metric("prefix_cache_hits_total", COUNTER, "Tokens found in the prefix cache.", labels,
						(double) this.hitTokens);
	}

	private static String metric(String name, String type, String help, String labels, double value) {
		return "# HELP vllm:" + name + ' ' + help + "\n# TYPE vllm:" + name + ' ' + type + "\nvllm:" + name + labels
				+ value + '\n';
	}

	/**
	 * Returns the value of the header {@code endpoint-load-metrics}, as in Open Request
	 * Cost Aggregation (ORCA).
	 * @param format the format that the caller asked for, in upper or lower case
	 * @return the value; empty for a format that vLLM doesn't know
	 */
	Optional<String> header(String format) {
		double waits = this.waiting;
		return switch (format.toUpperCase(Locale.ROOT)) {
			case "JSON" -> Optional.of("JSON " + JsonMapper.shared()
				.writeValueAsString(Map.of("named_metrics",
						Map.of("kv_cache_usage_perc", this.cacheUsage, "num_requests_waiting", waits))));
			case "TEXT" -> Optional.of("TEXT named_metrics.kv_cache_usage_perc=" + this.cacheUsage
					+ ", named_metrics.num_requests_waiting=" + waits);
			default -> Optional.empty();
		};
	}

}
