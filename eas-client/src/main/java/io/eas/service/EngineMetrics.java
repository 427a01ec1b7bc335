package io.eas.service;

import java.nio.charset.StandardCharsets;

import io.eas.loadbalancer.prefix.EngineLoad;
import org.jspecify.annotations.Nullable;

/**
 * Reads the load of an inference engine from its metrics, in the text format of
 * Prometheus. Each line is a sample, with a name, labels in braces, a value and
 * optionally a time. Only the values of a few samples are needed, so the labels and times
 * are not parsed. Values of several engines in one instance are added up.
 */
final class EngineMetrics {

	private static final double UNKNOWN = -1;

	private double waiting = UNKNOWN;

	private double running = UNKNOWN;

	private double queried = UNKNOWN;

	private double hits = UNKNOWN;

	private EngineMetrics() {
	}

	/**
	 * Reads metrics.
	 * @param metrics the body of the answer
	 * @return the load, or null if the metrics aren't those of vLLM or SGLang
	 */
	static @Nullable EngineLoad read(byte[] metrics) {
		EngineMetrics read = new EngineMetrics();
		new String(metrics, StandardCharsets.UTF_8).lines()
			.filter((line) -> line.startsWith("vllm:") || line.startsWith("sglang:"))
			.forEach(read::sample);
		if (read.waiting < 0) {
			return null;
		}
		boolean counted = read.queried >= 0 && read.hits >= 0;
		return new EngineLoad((int) read.waiting, (int) Math.max(0, read.running),
				counted ? (long) (read.queried - read.hits) : (long) UNKNOWN);
	}

	private void sample(String line) {
		int labels = line.indexOf('{');
		int end = (labels >= 0) ? labels : line.indexOf(' ');
		if (end < 0) {
			return;
		}
		String name = line.substring(0, end);
		String value = line.substring(Math.max(end, line.lastIndexOf('}') + 1)).strip().split(" ", 2)[0];
		switch (name) {
			case "vllm:num_requests_waiting", "sglang:num_queue_reqs" -> this.waiting = sum(this.waiting, value);
			case "vllm:num_requests_running", "sglang:num_running_reqs" -> this.running = sum(this.running, value);
			case "vllm:prefix_cache_queries_total" -> this.queried = sum(this.queried, value);
			case "vllm:prefix_cache_hits_total" -> this.hits = sum(this.hits, value);
			default -> {
				// not needed
			}
		}
	}

	private static double sum(double before, String text) {
		try {
			double value = Double.parseDouble(text);
			return Double.isFinite(value) && value >= 0 ? Math.max(0, before) + value : before;
		}
		catch (NumberFormatException ex) {
			return before;
		}
	}

}
