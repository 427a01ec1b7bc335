package io.eas.benchmarks.faults;

import java.util.List;
import java.util.Map;

import io.eas.benchmarks.report.Target;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class DemandTests {

	private static final int CALLERS = 16;

	@Test
	void noFailureMeansNone() {
		assertThat(met(Demand.noFailure(), observation(0, 1, 1))).containsExactly(true);
		assertThat(met(Demand.noFailure(), observation(1, 1, 1))).containsExactly(false);
	}

	@Test
	void atMostThoseInFlightMeansAsManyAsThereAreCallers() {
		Demand demand = Demand.noFailure().atMostThoseInFlight();
		assertThat(met(demand, observation(CALLERS, 1, 1))).containsExactly(true);
		assertThat(met(demand, observation(CALLERS + 1, 1, 1))).containsExactly(false);
	}

	@Test
	void theThroughputIsThatWhichTheInstancesStillAllow() {
		Demand demand = Demand.noFailure().throughput(0.9);
		double left = Limit.INSTANCES.left(3, 1);
		assertThat(demand.targets("x", observation(0, 0.61, 1), CALLERS, left)).last()
			.extracting(Target::limit)
			.satisfies((limit) -> assertThat(limit).isCloseTo(0.6, within(1e-9)));
		assertThat(met(demand, observation(0, 0.89, 1))).containsExactly(true, false);
		assertThat(met(demand, observation(0, 0.91, 1))).containsExactly(true, true);
	}

	@Test
	void attemptsStayAtOnePointTwoACallAndTheReserve() {
		// 1000 calls in 9 s, so the reserve is 100 attempts
		assertThat(met(Demand.fewAttempts(), observation(1000, 0, 1.3))).containsExactly(true);
		assertThat(met(Demand.fewAttempts(), observation(1000, 0, 1.31))).containsExactly(false);
	}

	private static List<Boolean> met(Demand demand, Observation seen) {
		return demand.targets("x", seen, CALLERS, 1).stream().map(Target::isMet).toList();
	}

	private static Observation observation(long failed, double during, double attempts) {
		return new Observation(3000, Map.of("Timeout", failed), 1, 1, 100, during, 1, attempts, 1000, 9);
	}

}
