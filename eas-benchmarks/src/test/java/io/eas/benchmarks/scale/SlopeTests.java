package io.eas.benchmarks.scale;

import io.eas.benchmarks.calls.Spread;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SlopeTests {

	@Test
	void costOfOneMoreIsTheDifferencePerAdditionalService() {
		Slope slope = new Slope(11);
		slope.add(sample(100), sample(200));
		slope.add(sample(1000), sample(1050));
		slope.add(sample(0), sample(200));
		assertThat(slope.each(StartSample::first, 1)).isEqualTo(new Spread(5, 10, 20));
		assertThat(slope.each(StartSample::heap, 10)).isEqualTo(new Spread(0.5, 1, 2));
		assertThat(slope.one(StartSample::later, 1)).isEqualTo(new Spread(0, 100, 1000));
		assertThat(slope.many(StartSample::later, 100)).isEqualTo(new Spread(2, 2, 10.5));
	}

	@Test
	void manyMustBeMoreThanOne() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Slope(1)).withMessageContaining("was 1");
	}

	@Test
	void sampleIsWrittenAndReadAsOneLine() {
		assertThat(StartSample.parse(sample(3).json())).isEqualTo(sample(3));
		CallersSample callers = new CallersSample(10, 1, 2_000_000_000, 1.5, 2.5, 0);
		assertThat(CallersSample.parse(callers.json())).isEqualTo(callers);
		assertThat(callers.throughput()).isEqualTo(5);
	}

	private static StartSample sample(long value) {
		return new StartSample(value, value, value);
	}

}
