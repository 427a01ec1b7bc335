package io.eas.benchmarks.soak;

import io.eas.benchmarks.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SoakCommandTests {

	@Test
	void noCallFailsAndNothingAccumulatesWhileInstancesAreReplaced() {
		Run run = Run.of("soak", "-q", "--calls=4000", "--replace-every=400");
		assertThat(run.out()).containsPattern("\\| 4,000 \\| [1-9]").contains("heap after collection");
		assertThat(run.status()).as(run.out()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "--calls,0,8", "--calls,7,8", "--callers,0,1", "--callers,-1,1", "--replace-every,0,1" })
	void invalidOptionsAreRefused(String option, int value, int least) {
		Run run = Run.of("soak", "-q", option + "=" + value);
		assertThat(run.err()).contains(option + " must be at least " + least + ", was " + value);
		assertThat(run.status()).isEqualTo(2);
	}

}
