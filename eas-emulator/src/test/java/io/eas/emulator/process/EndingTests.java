package io.eas.emulator.process;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ends of processes that there never were.
 */
class EndingTests {

	@Test
	void exceptionIsDescribedByItsMessage() {
		assertThat(Ending.notStarted(new IllegalStateException("mnist-0 was ended for good")).describe())
			.isEqualTo("mnist-0 was ended for good");
	}

	@Test
	void anErrorIsNamed() {
		Ending end = Ending.notStarted(new NoClassDefFoundError("a/Missing"));
		assertThat(end.describe()).isEqualTo("java.lang.NoClassDefFoundError: a/Missing");
		assertThat(end.failedStart()).isTrue();
	}

}
