package io.eas.loadbalancer;

import io.eas.instance.TestInstances;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a call has tried.
 */
class TriedInstancesTests {

	@Test
	void nothingIsTriedAtFirst() {
		assertThat(new TriedInstances().size()).isZero();
		assertThat(new TriedInstances().last()).isNull();
	}

	@Test
	void orderAndRepetitionsAreKept() {
		TriedInstances tried = new TriedInstances();
		for (int n = 0; n < 9; n++) {
			tried.add(TestInstances.instance(n % 4, 1));
			assertThat(tried.last()).isEqualTo(TestInstances.instance(n % 4, 1));
		}
		assertThat(tried.size()).isEqualTo(9);
		for (int n = 0; n < 9; n++) {
			assertThat(tried.get(n)).isEqualTo(TestInstances.instance(n % 4, 1));
		}
	}

}
