package io.eas.benchmarks.picks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class PickersTests {

	@ParameterizedTest
	@EnumSource
	void eachFollowsTheWeightsAndAChangedList(Pickers pickers) {
		Picks picks = pickers.over(new Weights(1, 2, 5));
		assertThat(counts(picks, 8, 3)).containsExactly(1, 2, 5);
		picks.use(new Weights(1, 2, 5, 4));
		assertThat(counts(picks, 12, 4)).containsExactly(1, 2, 5, 4);
	}

	@Test
	void onlyOurPicksNeverRepeatAnInstanceWithinACall() {
		Weights unequal = new Weights(1000, 1, 1);
		assertThat(new OurPicks(unequal).attempts(3)).containsExactly(false, false, false);
		assertThat(new OurPicks(unequal).attempts(4)).containsExactly(false, false, false, true);
		ArmeriaPicks armeria = new ArmeriaPicks(unequal);
		for (int i = 0; i < 3; i++) {
			armeria.next();
		}
		assertThat(armeria.attempts(3)).containsExactly(false, true, true);
	}

	@Test
	void asynchronousValueIsRefused() {
		assertThatIllegalStateException().isThrownBy(() -> new Taker<>().take(Mono.never()));
		assertThatIllegalStateException().isThrownBy(() -> new Taker<>().take(Mono.error(new RuntimeException("no"))))
			.havingCause()
			.withMessage("no");
	}

	private static int[] counts(Picks picks, int count, int instances) {
		int[] counts = new int[instances];
		for (int i = 0; i < count; i++) {
			counts[picks.next()]++;
		}
		return counts;
	}

}
