package io.eas.benchmarks.bodies;

import java.util.List;

import io.eas.benchmarks.report.Target;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RestraintTests {

	private static final long MB = Transfer.MEGABYTE;

	@Test
	void boundedResultMeetsAllTargets() {
		assertThat(met(new Held(64 * MB, 20 * MB, 30 * MB), 80 * MB, 0, 0)).containsOnly(true);
	}

	@Test
	void excessiveMemoryMissesItsTarget() {
		assertThat(met(new Held(64 * MB, 20 * MB, 60 * MB), 80 * MB, 0, 0)).containsExactly(false, true, true, true);
	}

	@Test
	void bytesSentAheadMissTheirTarget() {
		assertThat(met(new Held(64 * MB, 20 * MB, 30 * MB), 100 * MB, 0, 0)).containsExactly(true, false, true, true);
	}

	@Test
	void openConnectionsAndLeaksMissTheirTargets() {
		assertThat(met(new Held(64 * MB, 20 * MB, 30 * MB), 64 * MB, 2, 1)).containsExactly(true, true, false, false);
	}

	@Test
	void peakOfResidentMemoryIsReadInKibibytes() {
		assertThat(ResidentMemory.peak(List.of("VmPeak:\t 9000 kB", "VmHWM:\t    2048 kB"))).isEqualTo(2 * MB);
		assertThat(ResidentMemory.peak(List.of("Name:\tjava"))).isZero();
	}

	private static List<Boolean> met(Held held, long sent, long left, long leaks) {
		return new Restraint(BodyVariant.RAW, held, sent, 1, left, leaks).targets()
			.stream()
			.map(Target::isMet)
			.toList();
	}

}
