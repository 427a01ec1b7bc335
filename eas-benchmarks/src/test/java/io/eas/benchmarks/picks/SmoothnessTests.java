package io.eas.benchmarks.picks;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SmoothnessTests {

	private static final Weights THREE_TO_ONE = new Weights(3, 1);

	@Test
	void perfectlySmoothPicksHaveTheSmallestValues() {
		Smoothness smooth = Smoothness.of(THREE_TO_ONE, cycle(0, 0, 1, 0));
		assertThat(smooth.windowError()).isZero();
		assertThat(smooth.run()).isEqualTo(3);
		assertThat(smooth.deviation()).isCloseTo(0.5, within(1e-9));
		assertThat(smooth.gap()).isCloseTo(1.5, within(1e-9));
	}

	@Test
	void blockOfPicksShowsAsRunDeviationAndGap() {
		Smoothness blocks = Smoothness.of(new Weights(2, 2), cycle(0, 0, 1, 1));
		assertThat(blocks.windowError()).isZero();
		assertThat(blocks.run()).isEqualTo(2);
		assertThat(blocks.deviation()).isCloseTo(1, within(1e-9));
		assertThat(blocks.gap()).isCloseTo(1.5, within(1e-9));
	}

	@Test
	void wrongShareShowsInAWindow() {
		assertThat(Smoothness.of(THREE_TO_ONE, cycle(0, 1)).windowError()).isEqualTo(1);
		assertThat(Smoothness.of(THREE_TO_ONE, cycle(0, 0, 1, 0, 0)).windowError()).isEqualTo(1);
	}

	@Test
	void worseOfTwoHasTheWorseValueOfEachComponent() {
		assertThat(new Smoothness(1, 4, 2, 0).worse(new Smoothness(2, 3, 1, 1))).isEqualTo(new Smoothness(2, 4, 2, 1));
	}

	private static IntSupplier cycle(int... picks) {
		AtomicInteger next = new AtomicInteger();
		return () -> picks[next.getAndIncrement() % picks.length];
	}

}
