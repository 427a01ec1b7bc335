package io.eas.loadbalancer.weighted;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

import io.eas.instance.TestInstances;
import io.eas.loadbalancer.InstanceState;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.selection.TestSelector;
import io.eas.loadbalancer.selection.TrackedAttempt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where calls go when instances are crowded.
 */
class OverloadStrategyTests {

	@Test
	void roundRobinSkipsOverloadedInstance() {
		TestSelector picks = inTurn(100, 100, 100);
		assertThat(fill(picks, 0, 16)).isBetween(5, 12);
		assertThat(fill(inTurn(100, 100, 100), 0, 64)).isBetween(20, 42);
	}

	@Test
	void roundRobinLimitsAttemptsOnSeveralStalledInstances() {
		TestSelector picks = inTurn(100, 100, 100, 100);
		int stuck = 0;
		for (int n = 0; n < 10_000 && stuck < 16; n++) {
			TrackedAttempt flight = picks.start();
			if (index(flight) < 2) {
				stuck++;
			}
			else {
				flight.end(Outcome.ANSWERED);
			}
		}
		assertThat(stuck).isBetween(5, 12);
	}

	@Test
	void roundRobinSharesStayExactWhileAllRespondAlike() {
		TestSelector picks = inTurn(5, 3, 1);
		int[] counts = new int[3];
		Deque<TrackedAttempt> inFlight = new ArrayDeque<>();
		for (int n = 0; n < 9000; n++) {
			TrackedAttempt flight = picks.start();
			counts[index(flight)]++;
			inFlight.add(flight);
			if (inFlight.size() > 30) {
				inFlight.remove().end(Outcome.ANSWERED);
			}
		}
		assertThat(counts).containsExactly(5000, 3000, 1000);
	}

	@Property(tries = 200)
	void roundRobinLetsNoInstanceHaveFarMoreThanAllOthers(
			@ForAll @Size(min = 2, max = 30) List<@IntRange(min = 1, max = 100) Integer> weights,
			@ForAll @IntRange(min = 1, max = 300) int calls) {
		TestSelector picks = inTurn(weights.stream().mapToInt(Integer::intValue).toArray());
		IntStream.range(0, calls).forEach((n) -> picks.start());
		double most = loads(picks).max().orElseThrow();
		double least = loads(picks).min().orElseThrow();
		double lightest = weights.stream().mapToInt(Integer::intValue).min().orElseThrow();
		assertThat(most).isLessThanOrEqualTo(2 * least + 10 / lightest);
	}

	@Test
	void leastRequestPicksLeastLoadedInstanceRelativeToItsWeight() {
		TestSelector picks = leastRequest(100, 200, 100);
		IntStream.range(0, 400).forEach((n) -> picks.start());
		assertThat(inFlight(picks)).containsExactly(100, 200, 100);
	}

	@Test
	void leastRequestSharesAreExactWhileNothingIsInFlight() {
		TestSelector picks = leastRequest(1, 1000, 10);
		int[] counts = new int[3];
		for (int n = 0; n < 1011; n++) {
			TrackedAttempt flight = picks.start();
			counts[index(flight)]++;
			flight.end(Outcome.ANSWERED);
		}
		assertThat(counts).containsExactly(1, 1000, 10);
	}

	@Test
	void leastRequestGivesStalledInstanceNoMoreThanItsShare() {
		TestSelector picks = leastRequest(100, 100, 100);
		assertThat(fill(picks, 0, 16)).isLessThanOrEqualTo(6);
	}

	@Test
	void leastRequestSendsFewerCallsToSlowInstance() {
		TestSelector picks = leastRequest(100, 100, 100);
		int[] counts = new int[3];
		Deque<TrackedAttempt> fast = new ArrayDeque<>();
		Deque<TrackedAttempt> slow = new ArrayDeque<>();
		for (int n = 0; n < 30_000; n++) {
			TrackedAttempt flight = picks.start();
			counts[index(flight)]++;
			((index(flight) == 0) ? slow : fast).add(flight);
			picks.pass(Duration.ofMillis(1));
			if (fast.size() > 2) {
				fast.remove().end(Outcome.ANSWERED);
			}
			if (n % 8 == 0 && !slow.isEmpty()) {
				slow.remove().end(Outcome.ANSWERED);
			}
		}
		assertThat(counts[0]).isBetween(300, 5000);
	}

	@Test
	void slowInstanceIsUsedAgainOnceItRecovers() {
		TestSelector picks = leastRequest(100, 100);
		for (int n = 0; n < 200; n++) {
			TrackedAttempt flight = picks.start();
			picks.pass(Duration.ofMillis((index(flight) == 0) ? 50 : 1));
			flight.end(Outcome.ANSWERED);
		}
		int[] counts = new int[2];
		for (int n = 0; n < 90_000; n++) {
			TrackedAttempt flight = picks.start();
			counts[index(flight)]++;
			picks.pass(Duration.ofMillis(1));
			flight.end(Outcome.ANSWERED);
		}
		assertThat(counts[0]).isGreaterThan(15_000);
	}

	@Test
	void leastRequestFindsIdleInstanceAmongItsChoices() {
		int[] weights = new int[16];
		Arrays.fill(weights, 1);
		TestSelector picks = leastRequest(weights);
		IntStream.range(0, 15).forEach((n) -> picks.start());
		picks.start();
		assertThat(inFlight(picks)).containsOnly(1);
	}

	@Test
	void retriesAvoidTriedAndOverloadedInstances() {
		TestSelector picks = leastRequest(100, 100, 100);
		fill(picks, 0, 3);
		TriedInstances tried = new TriedInstances();
		tried.add(TestInstances.instance(1, 100));
		for (int n = 0; n < 100; n++) {
			assertThat(picks.picks.pick(tried, null, true).instance()).isEqualTo(TestInstances.instance(2, 100));
		}
	}

	/**
	 * Makes calls until so many are stuck or have been answered, one instance answers
	 * none.
	 */
	private static int fill(TestSelector picks, int frozen, int callers) {
		int stuck = 0;
		List<TrackedAttempt> others = new ArrayList<>();
		for (int n = 0; n < 200 * callers && stuck < callers; n++) {
			while (!others.isEmpty() && others.size() + stuck >= callers) {
				others.remove(0).end(Outcome.ANSWERED);
			}
			TrackedAttempt flight = picks.start();
			if (index(flight) == frozen) {
				stuck++;
			}
			else {
				others.add(flight);
			}
		}
		others.forEach((flight) -> flight.end(Outcome.ANSWERED));
		return stuck;
	}

	private static int index(TrackedAttempt flight) {
		return TestSelector.index(flight.instance());
	}

	private static int[] inFlight(TestSelector picks) {
		return picks.picks.states().stream().mapToInt(InstanceState::inFlight).toArray();
	}

	private static DoubleStream loads(TestSelector picks) {
		return picks.picks.states()
			.stream()
			.mapToDouble((state) -> (double) state.inFlight() / state.instance().weight());
	}

	private static TestSelector inTurn(int... weights) {
		return new TestSelector(new WeightedRoundRobin(new Random(1))).take(TestInstances.instances(weights));
	}

	private static TestSelector leastRequest(int... weights) {
		return new TestSelector(WeightedRoundRobin.leastRequest(new Random(1))).take(TestInstances.instances(weights));
	}

}
