package io.eas.benchmarks.faults;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.eas.benchmarks.faults.Throughput.Timeline;
import io.eas.benchmarks.report.Target;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class DemandTests {

	private static final Timeline NO_TIMELINE = new Timeline(List.of(), List.of(), 0);

	@Test
	void noFailureDemandAllowsNoFailure() {
		assertThat(met(Demand.noFailure(), observation(0, 1, 1))).containsExactly(true);
		assertThat(met(Demand.noFailure(), observation(1, 1, 1))).containsExactly(false);
	}

	@Test
	void failuresOfTheFirstSecondMayBeAllowed() {
		Observation seen = new Observation(3000, Map.of("EasStatusException", 5L), 0, 1, 1, 100, 1, 1, 1, 1000, 9,
				NO_TIMELINE);
		assertThat(met(Demand.noFailureAfterASecond(), seen)).containsExactly(true);
		assertThat(met(Demand.noFailureAfterASecond(), observation(1, 1, 1))).containsExactly(false);
		assertThat(Demand.noFailureAfterASecond().lead(Duration.ofSeconds(10))).hasSeconds(1);
		assertThat(Demand.noFailure().lead(Duration.ofSeconds(10))).isZero();
	}

	@Test
	void worstCallAndRecoveryCountIfDemanded() {
		Observation seen = new Observation(3000, Map.of(), 0, 900, 1, 100, 1, 0.95, 1, 1000, 9, NO_TIMELINE);
		assertThat(met(Demand.noFailure().recovery(0.9).worst(Duration.ofSeconds(1)), seen)).containsExactly(true, true,
				true);
		assertThat(met(Demand.noFailure().recovery(0.96).worst(Duration.ofMillis(899)), seen)).containsExactly(true,
				false, false);
	}

	@Test
	void throughputIsComparedWithWhatTheRemainingInstancesAllow() {
		Demand demand = Demand.noFailure().throughput(0.9);
		double left = Limit.INSTANCES.left(3, 1);
		assertThat(demand.targets("x", observation(0, 0.61, 1), left)).last()
			.extracting(Target::limit)
			.satisfies((limit) -> assertThat(limit).isCloseTo(0.6, within(1e-9)));
		assertThat(met(demand, observation(0, 0.89, 1))).containsExactly(true, false);
		assertThat(met(demand, observation(0, 0.91, 1))).containsExactly(true, true);
	}

	@Test
	void attemptsAreLimitedToOnePointTwoPerCallPlusReserve() {
		// 1000 calls in 9 s, so the reserve is 100 attempts
		assertThat(met(Demand.fewAttempts(), observation(1000, 0, 1.3))).containsExactly(true);
		assertThat(met(Demand.fewAttempts(), observation(1000, 0, 1.31))).containsExactly(false);
	}

	private static List<Boolean> met(Demand demand, Observation seen) {
		return demand.targets("x", seen, 1).stream().map(Target::isMet).toList();
	}

	private static Observation observation(long failed, double during, double attempts) {
		return new Observation(3000, Map.of("Timeout", failed), failed, 1, 1, 100, during, 1, attempts, 1000, 9,
				NO_TIMELINE);
	}

}
