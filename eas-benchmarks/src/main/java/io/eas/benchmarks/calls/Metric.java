package io.eas.benchmarks.calls;

import java.util.function.ToDoubleFunction;

/**
 * The metrics of a sample.
 */
enum Metric implements ToDoubleFunction<Sample> {

	THROUGHPUT("calls/s", (sample) -> sample.calls() / (sample.nanos() / 1e9)),

	CPU("CPU µs", (sample) -> sample.cpuNanos() / 1e3 / sample.calls()),

	BYTES("bytes", (sample) -> (double) sample.bytes() / sample.calls()),

	P50("p50 µs", (sample) -> sample.p50() / 1e3),

	P99("p99 µs", (sample) -> sample.p99() / 1e3),

	P999("p99.9 µs", (sample) -> sample.p999() / 1e3);

	private final String unit;

	@SuppressWarnings("ImmutableEnumChecker") // stateless lambdas
	private final ToDoubleFunction<Sample> value;

	Metric(String unit, ToDoubleFunction<Sample> value) {
		this.unit = unit;
		this.value = value;
	}

	/** Returns the throughput, or the cost or latency per call. */
	@Override
	public double applyAsDouble(Sample sample) {
		return this.value.applyAsDouble(sample);
	}

	@Override
	public String toString() {
		return this.unit;
	}

}
