package io.eas.benchmarks.picks;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ChangingListTests {

	@Test
	void alwaysPickingTheFirstServesNoOtherInstance() {
		ChangingList changing = ChangingList.of(new Weights(1, 1), new First(), 100);
		assertThat(changing.leastServed()).isZero();
		// of three instances two get nothing, and of two one
		assertThat(changing.misplaced()).isCloseTo((2 / 3.0 + 1 / 2.0) / 2, within(1e-9));
	}

	private static final class First implements Picks {

		@Override
		public int next() {
			return 0;
		}

		@Override
		public boolean[] attempts(int count) {
			return new boolean[count];
		}

		@Override
		public void use(Weights weights) {
			// the first is always there
		}

	}

}
