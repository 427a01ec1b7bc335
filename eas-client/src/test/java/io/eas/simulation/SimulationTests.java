package io.eas.simulation;

import java.util.Random;
import java.util.function.Supplier;

import io.eas.simulation.Profile.Hardware;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * That the simulation gives what queueing theory says, where it says something.
 */
class SimulationTests {

	private static final Demand HALF = Demand.load(0.5, 200_000);

	@Test
	void isTheSameEveryTime() {
		Profile profile = Profile.frozen(3, Hardware.FOUR_CORES);
		Demand demand = Demand.load(0.5, 10_000).of(4).retried(2, 2);
		Outcome outcome = Contestant.LEAST_REQUEST.run(profile, demand);
		Outcome again = Contestant.LEAST_REQUEST.run(profile, demand);
		assertThat(again.calls()).isEqualTo(outcome.calls());
		assertThat(again.picks()).isEqualTo(outcome.picks());
	}

	/** M/M/1: latency is exponential with mean 1 / (service rate - arrival rate). */
	@Test
	void queuesAtOneServerAsTheoryDoes() {
		Outcome outcome = Contestant.RANDOM.run(Profile.uniform(1, Hardware.ONE_SERVER), HALF);
		assertThat(outcome.mean()).isCloseTo(0.2, within(0.01));
		assertThat(outcome.p99()).isCloseTo(0.2 * Math.log(100), within(0.05));
	}

	/** M/D/1, by Pollaczek and Khinchine: half the wait of M/M/1. */
	@Test
	void waitsHalfAsLongWhereAllCallsAreAlike() {
		Outcome outcome = Contestant.RANDOM.run(Profile.constant(1, Hardware.ONE_SERVER), HALF);
		assertThat(outcome.mean()).isCloseTo(0.15, within(0.005));
	}

	/** M/M/4, by Erlang's C formula: 0.1739 wait, for 0.1 / (4 - 2) on average. */
	@Test
	void queuesAtFourServersAsTheoryDoes() {
		Outcome outcome = Contestant.RANDOM.run(Profile.uniform(1, Hardware.FOUR_SERVERS), HALF);
		assertThat(outcome.mean()).isCloseTo(0.1 + 0.1739 * 0.1 / 2, within(0.002));
	}

	/** M/G/1 with processor sharing is as M/M/1 on average, however calls differ. */
	@Test
	void sharesAProcessorAsTheoryDoes() {
		Hardware shared = new Hardware(1, Integer.MAX_VALUE, 1, 100);
		assertThat(Contestant.RANDOM.run(Profile.logNormal(1, shared), HALF).mean()).isCloseTo(0.2, within(0.01));
	}

	/** The fixed point of Mitzenmacher and of Vvedenskaya et al. at load 0.5. */
	@Test
	void choosesBetweenTwoAsTheoryDoes() {
		Outcome outcome = Contestant.POWER_OF_TWO.run(Profile.uniform(100, Hardware.ONE_SERVER), HALF);
		assertThat(outcome.mean()).isCloseTo(0.1 * (1 + 0.25 + 1 / 64.0 + 1 / 16_384.0), within(0.003));
	}

	@Test
	void keepsCallersInAClosedLoopBusy() {
		Outcome outcome = Contestant.OMNISCIENT.run(Profile.constant(4, Hardware.ONE_SERVER), Demand.callers(4, 1000));
		assertThat(outcome.calls()).hasSize(1000);
		assertThat(outcome.mean()).isCloseTo(0.1, within(1e-9));
		assertThat(outcome.throughput(0, 20)).isCloseTo(40, within(0.5));
	}

	@Test
	void triesAnotherInstanceWhereOneRefuses() {
		Profile profile = Profile.failing(3, Hardware.ONE_SERVER, Station.Mode.REFUSING);
		Supplier<Policy> policy = () -> ReferencePolicies.random(new Random(1));
		Demand demand = Demand.load(0.5, 2000);
		Outcome once = Simulation.run(profile, demand, policy, 1).between(Profile.FROM, Profile.TO);
		assertThat((double) once.failed() / once.calls().size()).isCloseTo(1 / 3.0, within(0.1));
		Outcome twice = Simulation.run(profile, demand.retried(2, 2), policy, 1).between(Profile.FROM, Profile.TO);
		assertThat(twice.failed()).isZero();
		assertThat(twice.attemptsPerCall()).isCloseTo(4 / 3.0, within(0.1));
	}

	@Test
	void givesUpWhatAFrozenInstanceHolds() {
		Profile profile = Profile.frozen(1, Hardware.ONE_SERVER);
		Outcome outcome = Contestant.RANDOM.run(profile, Demand.load(0.5, 2000).retried(2, 1));
		assertThat(outcome.between(Profile.FROM, Profile.TO - 3).failed()).isPositive();
		assertThat(outcome.calls()).hasSize(2000).allMatch((call) -> call.latency() < 2 + 1e-9);
	}

}
