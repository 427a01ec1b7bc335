package io.eas.benchmarks.bodies;

import java.util.function.ToDoubleFunction;

/**
 * The metrics of a sample.
 */
enum BodyMetric implements ToDoubleFunction<BodySample> {

	THROUGHPUT("MB/s", (sample) -> megabytes(sample) / (sample.nanos() / 1e9)),

	CPU("CPU ms per MB", (sample) -> sample.cpuNanos() / 1e6 / megabytes(sample)),

	ALLOCATED("heap bytes per byte", (sample) -> (double) sample.allocated() / sample.bytes()),

	HEAP("peak heap MB", (sample) -> inMegabytes(sample.peaks().heap())),

	LIVE("peak live MB", (sample) -> inMegabytes(sample.peaks().live())),

	DIRECT("peak direct MB", (sample) -> inMegabytes(sample.peaks().direct())),

	RESIDENT("peak resident MB", (sample) -> inMegabytes(sample.peaks().resident()));

	private final String unit;

	@SuppressWarnings("ImmutableEnumChecker") // stateless lambdas
	private final ToDoubleFunction<BodySample> value;

	BodyMetric(String unit, ToDoubleFunction<BodySample> value) {
		this.unit = unit;
		this.value = value;
	}

	private static double megabytes(BodySample sample) {
		return inMegabytes(sample.bytes());
	}

	private static double inMegabytes(long bytes) {
		return (double) bytes / Transfer.MEGABYTE;
	}

	@Override
	public double applyAsDouble(BodySample sample) {
		return this.value.applyAsDouble(sample);
	}

	@Override
	public String toString() {
		return this.unit;
	}

}
