package io.eas.benchmarks;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BenchmarksApplicationTests {

	@Test
	void helpNamesEveryCommand() {
		Run run = Run.of("--help");
		assertThat(run.status()).isZero();
		assertThat(run.out()).contains("picks", "faults", "calls", "soak", "bodies", "scale", "start");
	}

	@Test
	void everyCommandHasHelp() {
		for (String command : new String[] { "picks", "faults", "calls", "soak", "bodies", "scale", "start" }) {
			Run run = Run.of(command, "--help");
			assertThat(run.status()).isZero();
			assertThat(run.out()).contains("--quick");
		}
	}

	@Test
	void unknownCaseIsNamedWithTheKnownOnes() {
		Run run = Run.of("faults", "--cases=sigkill,earthquake");
		assertThat(run.status()).isEqualTo(2);
		assertThat(run.err()).contains("there is no case earthquake").contains("sigkill").contains("rollout");
	}

}
