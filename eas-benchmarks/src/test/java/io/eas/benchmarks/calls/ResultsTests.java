package io.eas.benchmarks.calls;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

import io.eas.benchmarks.paths.Variant;
import io.eas.benchmarks.report.Report;
import io.eas.benchmarks.report.Target;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

class ResultsTests {

	private final Results results = new Results();

	@Test
	void ratiosAreComputedWithinEachRound() {
		add(16, 1000, 900);
		add(16, 10, 10);
		add(16, 2000, 1900);
		assertThat(this.results.spread(16, Variant.EAS, Metric.THROUGHPUT)).isEqualTo(new Spread(5, 450, 950));
		Spread ratio = this.results.ratio(16, Variant.EAS, Variant.RAW, Metric.THROUGHPUT);
		assertThat(ratio.least()).isCloseTo(0.9, within(1e-9));
		assertThat(ratio.median()).isCloseTo(0.95, within(1e-9));
		assertThat(ratio.most()).isCloseTo(1, within(1e-9));
	}

	@Test
	void costsArePerCall() {
		Sample sample = sample(1000);
		assertThat(Metric.CPU.applyAsDouble(sample)).isEqualTo(40);
		assertThat(Metric.BYTES.applyAsDouble(sample)).isEqualTo(10_000);
		assertThat(Metric.P99.applyAsDouble(sample)).isEqualTo(200);
	}

	@Test
	void onlyTheTailCountsWithOneCaller() {
		add(1, 1000, 1000);
		assertThat(CallTargets.of(this.results)).extracting(Target::what)
			.containsExactly("failed calls", "EasClient over Reactor Netty, fixed, p99 µs, 1 caller");
	}

	@Test
	void withMoreCallersThroughputAndCostsCount() {
		add(64, 1000, 940);
		assertThat(CallTargets.of(this.results)).extracting(Target::what, Target::isMet)
			.contains(tuple("EasClient over Reactor Netty, fixed, calls/s, 64 callers", false))
			.hasSize(4);
	}

	@Test
	void withoutTheFloorNothingIsComparedWithIt() {
		this.results.add(4, Variant.EAS, sample(1000));
		assertThat(CallTargets.of(this.results)).hasSize(1);
		StringWriter out = new StringWriter();
		new CallTables(this.results).report(new Report(new PrintWriter(out), true, null));
		assertThat(out.toString()).containsPattern("EasClient \\| 500 *\\| +\\| 40 ");
	}

	@Test
	void aFailedCallMissesItsTarget() {
		this.results.add(4, Variant.EAS, new Sample(1, 1, 1, 1, 1, 1, 1, 1));
		assertThat(CallTargets.of(this.results)).extracting(Target::isMet).isEqualTo(List.of(false));
	}

	@Test
	void sampleIsWrittenAndReadAsOneLine() {
		Sample sample = sample(7);
		assertThat(Sample.parse(sample.json())).isEqualTo(sample);
		assertThat(sample.json()).doesNotContain("\n");
	}

	private void add(int callers, long raw, long ours) {
		this.results.add(callers, Variant.RAW, sample(raw));
		this.results.add(callers, Variant.EAS, sample(ours));
	}

	/** In two seconds; 40 µs and 10,000 bytes each. */
	private static Sample sample(long calls) {
		return new Sample(calls, 0, 2_000_000_000, 40_000 * calls, 10_000 * calls, 100_000, 200_000, 400_000);
	}

}
