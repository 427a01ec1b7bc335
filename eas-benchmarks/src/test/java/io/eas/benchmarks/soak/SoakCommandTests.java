package io.eas.benchmarks.soak;

import io.eas.benchmarks.Run;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SoakCommandTests {

	@Test
	void nothingFailsAndNothingPilesUpWhileInstancesAreReplaced() {
		Run run = Run.of("soak", "-q", "--calls=4000", "--replace-every=400");
		assertThat(run.out()).containsPattern("\\| 4,000 \\| [1-9]").contains("heap after collection");
		assertThat(run.status()).as(run.out()).isZero();
	}

}
