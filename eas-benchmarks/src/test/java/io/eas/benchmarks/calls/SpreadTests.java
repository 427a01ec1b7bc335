package io.eas.benchmarks.calls;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SpreadTests {

	@Test
	void medianOfAnOddNumberIsTheMiddleResult() {
		assertThat(Spread.of(List.of(3.0, 1.0, 9.0))).isEqualTo(new Spread(1, 3, 9));
	}

	@Test
	void medianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
		assertThat(Spread.of(List.of(4.0, 1.0, 9.0, 2.0))).isEqualTo(new Spread(1, 3, 9));
	}

	@Test
	void showsMinimumAndMaximumIfTheyDiffer() {
		assertThat(Spread.of(List.of(1.25))).hasToString("1.25");
		assertThat(Spread.of(List.of(1.0, 1.25, 2.5))).hasToString("1.25 (1..2.50)");
	}

	@Test
	void emptyResultsAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(List.of()));
	}

}
