package io.eas.benchmarks.soak;

import java.util.List;
import java.util.stream.IntStream;

import io.eas.benchmarks.report.Target;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DriftTests {

	@Test
	void constantValueIsFlat() {
		assertThat(met(0, 0)).containsOnly(true);
	}

	@Test
	void leakedConnectionsAreDetected() {
		assertThat(met(1, 0)).containsExactly(true, true, false, true, true);
	}

	@Test
	void leakedMemoryIsDetected() {
		assertThat(met(0, 1 << 20)).containsExactly(false, true, true, true, true);
	}

	@Test
	void outlierIsIgnored() {
		List<Footprint> footprints = List.of(footprint(0, 0), footprint(0, 0), footprint(0, 0), footprint(0, 0),
				footprint(0, 0), footprint(0, 0), footprint(0, 0), footprint(0, 0), footprint(0, 0), footprint(0, 0),
				footprint(1000, 1 << 30), footprint(0, 0));
		assertThat(Drift.of(footprints)).allSatisfy((drift) -> assertThat(drift.target().isMet()).isTrue());
	}

	private static List<Boolean> met(long filesEach, long heapEach) {
		List<Footprint> footprints = IntStream.range(0, 40)
			.mapToObj((i) -> footprint(i * filesEach, i * heapEach))
			.toList();
		return Drift.of(footprints).stream().map(Drift::target).map(Target::isMet).toList();
	}

	private static Footprint footprint(long files, long heap) {
		return new Footprint((20 << 20) + heap, 8 << 20, 200 + files, 20, 80);
	}

}
