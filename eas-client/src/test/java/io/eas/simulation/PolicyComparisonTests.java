package io.eas.simulation;

import java.util.List;
import java.util.stream.Stream;

import io.eas.simulation.Profile.Hardware;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a policy is worth: the 99th percentile of latency against that of the omniscient
 * shortest queue, at 0.85 of what the service can do, where instances serve one call at a
 * time, unless it says otherwise.
 */
class PolicyComparisonTests {

	private static final Demand BUSY = Demand.load(0.85, 50_000);

	static Stream<Profile> profiles() {
		return profiles(3, 30);
	}

	static Stream<Profile> moreProfiles() {
		return profiles(10, 100);
	}

	private static Stream<Profile> profiles(Integer... sizes) {
		return Stream.of(sizes)
			.flatMap((size) -> Stream.of(Profile.uniform(size, Hardware.ONE_SERVER),
					Profile.logNormal(size, Hardware.ONE_SERVER), Profile.oneSlow(size, Hardware.ONE_SERVER),
					Profile.mixed(size, Hardware.ONE_SERVER, true)));
	}

	@ParameterizedTest
	@MethodSource("profiles")
	void leastRequestComesCloseToTheOmniscient(Profile profile) {
		assertThat(ratio(Contestant.LEAST_REQUEST, profile, BUSY)).isLessThan(1.25);
	}

	@ParameterizedTest
	@MethodSource("moreProfiles")
	@Tag("long")
	void leastRequestComesCloseToTheOmniscientInOtherSizesToo(Profile profile) {
		leastRequestComesCloseToTheOmniscient(profile);
	}

	@ParameterizedTest
	@ValueSource(ints = { 10, 100 })
	@Tag("long")
	void leastRequestComesCloseWithFourClientsInOtherSizesToo(int size) {
		leastRequestComesCloseWithFourClientsWhereInstancesServeSeveralCallsAtATime(size);
	}

	@ParameterizedTest
	@ValueSource(ints = { 3, 30 })
	void leastRequestComesCloseWithFourClientsWhereInstancesServeSeveralCallsAtATime(int size) {
		for (Profile profile : List.of(Profile.uniform(size, Hardware.FOUR_CORES),
				Profile.logNormal(size, Hardware.FOUR_CORES), Profile.oneSlow(size, Hardware.FOUR_CORES))) {
			assertThat(ratio(Contestant.LEAST_REQUEST, profile, BUSY.of(4))).as(profile.name()).isLessThan(1.25);
		}
	}

	/** What a client doesn't know it can't avoid: even the least of all falls behind. */
	@Test
	void fourClientsThatSeeOnlyTheirOwnCallsFallBehindWhereInstancesServeOneAtATime() {
		Profile profile = Profile.uniform(30, Hardware.ONE_SERVER);
		assertThat(ratio(Contestant.LEAST_REQUEST, profile, BUSY.of(4))).isBetween(1.4, 1.75);
		assertThat(ratio(Contestant.POWER_OF_TWO, profile, BUSY.of(4))).isGreaterThan(1.75);
	}

	@Test
	void twoChoicesDoNotComeClose() {
		assertThat(ratio(Contestant.POWER_OF_TWO, Profile.uniform(30, Hardware.ONE_SERVER), BUSY)).isGreaterThan(1.4);
		assertThat(ratio(Contestant.POWER_OF_TWO, Profile.oneSlow(3, Hardware.ONE_SERVER), BUSY)).isGreaterThan(2);
		assertThat(ratio(Contestant.PEAK_EWMA, Profile.logNormal(30, Hardware.ONE_SERVER), BUSY)).isGreaterThan(1.5);
	}

	@Test
	void roundRobinDrownsAnInstanceThatIsSlow() {
		Profile profile = Profile.oneSlow(10, Hardware.ONE_SERVER);
		assertThat(ratio(Contestant.SMOOTH, profile, BUSY)).isGreaterThan(100);
		assertThat(ratio(Contestant.IN_TURN, profile, BUSY)).isLessThan(15);
	}

	@Test
	void smoothRoundRobinIsBestWhereAllCallsAreAlike() {
		Profile profile = Profile.constant(10, Hardware.ONE_SERVER);
		assertThat(ratio(Contestant.SMOOTH, profile, BUSY)).isLessThan(1.02);
		assertThat(ratio(Contestant.IN_TURN, profile, BUSY)).isLessThan(1.02);
	}

	@Test
	void passingOverSeldomTouchesSharesWhereAllIsWell() {
		Demand half = Demand.load(0.5, 100_000);
		assertThat(shareError(Profile.constant(10, Hardware.ONE_SERVER), BUSY)).isLessThan(0.001);
		assertThat(shareError(Profile.uniform(10, Hardware.ONE_SERVER), half)).isLessThan(0.002);
		assertThat(shareError(Profile.logNormal(10, Hardware.ONE_SERVER), half)).isLessThan(0.01);
		assertThat(shareError(Profile.uniform(10, Hardware.FOUR_CORES), half)).isLessThan(0.002);
		assertThat(shareError(Profile.uniform(10, Hardware.ONE_SERVER), BUSY)).isLessThan(0.03);
	}

	@Test
	void aFrozenInstanceDoesNotTakeTheClientWithIt() {
		Profile profile = Profile.frozen(3, Hardware.ONE_SERVER);
		Demand callers = Demand.callers(16, 3000).retried(10, 2);
		assertThat(kept(Contestant.SMOOTH, profile, callers)).isLessThan(0.2);
		assertThat(kept(Contestant.IN_TURN, profile, callers)).isBetween(0.5, 0.75);
		assertThat(kept(Contestant.LEAST_REQUEST, profile, callers)).isBetween(0.6, 0.75);
	}

	private static double ratio(Contestant contestant, Profile profile, Demand demand) {
		return contestant.run(profile, demand).settled().p99()
				/ Contestant.OMNISCIENT.run(profile, demand).settled().p99();
	}

	/** The throughput while an instance is frozen, over that before. */
	private static double kept(Contestant contestant, Profile profile, Demand demand) {
		Outcome outcome = contestant.run(profile, demand);
		return outcome.throughput(Profile.FROM, Profile.TO)
				/ outcome.throughput(2 * Profile.FROM - Profile.TO, Profile.FROM);
	}

	private static double shareError(Profile profile, Demand demand) {
		return Contestant.IN_TURN.run(profile, demand).shareError();
	}

}
