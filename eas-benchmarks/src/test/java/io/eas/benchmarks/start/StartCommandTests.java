package io.eas.benchmarks.start;

import io.eas.benchmarks.Run;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StartCommandTests {

	@Test
	@Tag("long")
	void shortFormStartsEachApplicationOnce() {
		Run run = Run.of("start", "-q");
		assertThat(run.status()).as(run.out()).isZero();
		assertThat(run.out())
			.contains("| without the starter, with what it depends on ", "| with the starter, mode direct ")
			.containsPattern("own code adds to the start, ms .* not judged");
	}

	@Test
	void noRoundsAreRefused() {
		Run run = Run.of("start", "--rounds=0");
		assertThat(run.status()).isEqualTo(2);
		assertThat(run.err()).contains("--rounds must be at least 1, was 0");
	}

}
