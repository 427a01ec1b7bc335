package io.eas.benchmarks.bodies;

import io.eas.benchmarks.calls.Spread;
import io.eas.benchmarks.report.Target;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class BodyResultsTests {

	private final BodyResults results = new BodyResults();

	@Test
	void costsRelateToTheCarriedBytes() {
		BodySample sample = sample(100);
		assertThat(BodyMetric.THROUGHPUT.applyAsDouble(sample)).isEqualTo(50);
		assertThat(BodyMetric.CPU.applyAsDouble(sample)).isEqualTo(20);
		assertThat(BodyMetric.ALLOCATED.applyAsDouble(sample)).isEqualTo(2);
		assertThat(BodyMetric.HEAP.applyAsDouble(sample)).isEqualTo(4);
		assertThat(BodyMetric.LIVE.applyAsDouble(sample)).isEqualTo(3);
		assertThat(BodyMetric.DIRECT.applyAsDouble(sample)).isEqualTo(2);
		assertThat(BodyMetric.RESIDENT.applyAsDouble(sample)).isEqualTo(1);
	}

	@Test
	void ratiosAreComputedWithinEachRound() {
		add(100, 50);
		add(10, 10);
		add(10, 20);
		assertThat(this.results.ratio(Transfer.UP_1, BodyVariant.EAS, BodyVariant.RAW, BodyMetric.THROUGHPUT))
			.isEqualTo(new Spread(0.5, 1, 2));
	}

	@Test
	void ourClientIsComparedWithTheFloor() {
		add(100, 80);
		assertThat(new BodyTables(this.results).targets()).extracting(Target::what, Target::isMet)
			.containsExactly(tuple("failed transfers", true),
					tuple("EasClient over Reactor Netty, MB/s, 1 MB up", false),
					tuple("EasClient over Reactor Netty, CPU ms per MB, 1 MB up", false));
	}

	@Test
	void withoutTheFloorNothingIsCompared() {
		this.results.add(Transfer.UP_1, BodyVariant.EAS, sample(1));
		assertThat(new BodyTables(this.results).targets()).hasSize(1);
	}

	@Test
	void sampleIsWrittenAndReadAsOneLine() {
		BodySample sample = sample(7);
		assertThat(BodySample.parse(sample.json())).isEqualTo(sample);
		assertThat(sample.json()).doesNotContain("\n");
	}

	private void add(long raw, long ours) {
		this.results.add(Transfer.UP_1, BodyVariant.RAW, sample(raw));
		this.results.add(Transfer.UP_1, BodyVariant.EAS, sample(ours));
	}

	/** In two seconds, and two of the processor. */
	private static BodySample sample(long megabytes) {
		long bytes = megabytes * Transfer.MEGABYTE;
		return new BodySample(0, bytes, 2_000_000_000, 2_000_000_000, 2 * bytes,
				new Peaks(4L * Transfer.MEGABYTE, 3L * Transfer.MEGABYTE, 2L * Transfer.MEGABYTE, Transfer.MEGABYTE));
	}

}
