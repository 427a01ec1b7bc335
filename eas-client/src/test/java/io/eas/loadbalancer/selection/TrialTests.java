package io.eas.loadbalancer.selection;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.eas.instance.EasInstance;
import io.eas.instance.TestInstances;
import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.EjectionListener;
import io.eas.loadbalancer.EjectionSettings;
import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.InstanceState;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.hash.ConsistentHash;
import io.eas.loadbalancer.weighted.WeightedRoundRobin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The one call that an ejected instance gets once its time is over.
 */
class TrialTests {

	private static final Duration BASE = Duration.ofSeconds(5);

	private static final EjectionSettings ALL_MAY_GO = new EjectionSettings(true, 3, BASE, Duration.ofMinutes(5), 100);

	private static final TriedInstances NOTHING = new TriedInstances();

	private final AtomicReference<Candidates> candidates = new AtomicReference<>();

	static Stream<InstancePicker.Factory> algorithms() {
		return Stream.of(new WeightedRoundRobin(new Random(1)), WeightedRoundRobin.leastRequest(new Random(1)),
				new ConsistentHash(new Random(1)));
	}

	@ParameterizedTest
	@MethodSource("algorithms")
	void admitsDoesNotConsumeTheTrial(InstancePicker.Factory algorithm) {
		TestSelector picks = picks(algorithm, 100, 100, 100);
		eject(picks, 0);
		picks.pass(BASE);
		for (int n = 0; n < 100; n++) {
			assertThat(this.candidates.get().admits(picks.state(0))).isTrue();
		}
		assertThat(trials(picks, 100)).isEqualTo(1);
		assertThat(this.candidates.get().admits(picks.state(0))).isFalse();
	}

	@ParameterizedTest
	@MethodSource("algorithms")
	void trialIsNotMovedAlthoughTheInstanceIsOverloaded(InstancePicker.Factory algorithm) {
		TestSelector picks = picks(algorithm, 100, 100, 100);
		picks.pick();
		IntStream.range(0, 20).forEach((n) -> picks.picks.begin(picks.state(0)));
		eject(picks, 0);
		picks.pass(BASE);
		assertThat(trials(picks, 4)).isEqualTo(1);
	}

	@Test
	void trialIsKeptIfTheOwnerOfAKeyIsAboveItsBound() {
		TestSelector picks = picks(new ConsistentHash(new Random(1)), 100, 100, 100);
		picks.pick();
		IntStream.range(0, 20).forEach((n) -> picks.picks.begin(picks.state(0)));
		eject(picks, 0);
		picks.pass(BASE);
		for (int n = 0; n < 100; n++) {
			assertThat(picks.picks.pick(NOTHING, "key-" + n, true)).isNotSameAs(picks.state(0));
		}
		assertThat(this.candidates.get().admits(picks.state(0))).isTrue();
	}

	@Test
	void trialIsClaimedForThePickOfACustomPicker() {
		TestSelector picks = picks((all) -> (tried, key) -> all.states().stream().filter(all::admits).toList().get(0),
				100, 100, 100);
		eject(picks, 0);
		picks.pass(BASE);
		assertThat(trials(picks, 100)).isEqualTo(1);
	}

	@Test
	void fasterCallGetsTheTrial() {
		TestSelector[] picks = new TestSelector[1];
		Faster picker = new Faster();
		picks[0] = picks((all) -> {
			picker.all = all;
			picker.picks = picks;
			return picker;
		}, 100, 100, 100);
		eject(picks[0], 0);
		picks[0].pass(BASE);
		picker.faster = true;
		assertThat(picks[0].pick()).isEqualTo(TestInstances.instance(1, 100));
		assertThat(picker.others).isSameAs(picks[0].state(0));
	}

	@Test
	void onlyOneOfSeveralConcurrentCallsGetsTheTrial() throws Exception {
		int threads = 4;
		ExecutorService callers = Executors.newFixedThreadPool(threads);
		try {
			for (int round = 0; round < 200; round++) {
				TestSelector picks = picks((all) -> (tried, key) -> all.admits(all.states().get(0))
						? all.states().get(0) : all.states().get(1), 100, 100, 100);
				eject(picks, 0);
				picks.pass(BASE);
				CyclicBarrier together = new CyclicBarrier(threads);
				Callable<Boolean> call = () -> {
					together.await();
					return picks.picks.pick(NOTHING, null, true) == picks.state(0);
				};
				int trials = 0;
				for (Future<Boolean> won : callers.invokeAll(List.of(call, call, call, call))) {
					trials += won.get() ? 1 : 0;
				}
				assertThat(trials).isEqualTo(1);
			}
		}
		finally {
			callers.shutdownNow();
		}
	}

	@ParameterizedTest
	@MethodSource("algorithms")
	void noTrialBeforeItsTimeWhileOneOfManyInstancesIsLive(InstancePicker.Factory algorithm) {
		int[] weights = new int[200];
		Arrays.fill(weights, 1000);
		weights[7] = 1;
		TestSelector picks = picks(algorithm, weights);
		picks.pick();
		for (int index = 0; index < weights.length; index++) {
			if (picks.state(index).instance().weight() > 1) {
				eject(picks, index);
			}
		}
		EasInstance live = TestInstances.instance(7, 1);
		TriedInstances tried = new TriedInstances();
		tried.add(TestInstances.instance(5, 1000));
		for (int n = 0; n < 300; n++) {
			assertThat(picks.pick()).isEqualTo(live);
			assertThat(picks.picks.pick(NOTHING, "key-" + n, true).instance()).isEqualTo(live);
			assertThat(picks.picks.pick(tried, null, true).instance()).isEqualTo(live);
		}
	}

	private static int trials(TestSelector picks, int calls) {
		int trials = 0;
		for (int n = 0; n < calls; n++) {
			trials += (picks.picks.pick(NOTHING, null, true) == picks.state(0)) ? 1 : 0;
		}
		return trials;
	}

	private static void eject(TestSelector picks, int index) {
		picks.pick();
		List<TrackedAttempt> flights = Stream.generate(() -> picks.picks.begin(picks.state(index))).limit(3).toList();
		flights.forEach((flight) -> flight.end(Outcome.FAILED));
	}

	private TestSelector picks(InstancePicker.Factory algorithm, int... weights) {
		return new TestSelector((all) -> {
			this.candidates.set(all);
			return algorithm.create(all);
		}, ALL_MAY_GO, Duration.ZERO, EjectionListener.NONE).take(TestInstances.instances(weights));
	}

	/** Between its look at the first instance and its answer another call comes. */
	private static final class Faster implements InstancePicker {

		private @Nullable Candidates all;

		private TestSelector[] picks;

		private boolean faster;

		private @Nullable InstanceState others;

		@Override
		public InstanceState pick(TriedInstances tried, @Nullable String hashKey) {
			InstanceState first = this.all.states().get(0);
			if (!this.all.admits(first)) {
				return this.all.states().get(1);
			}
			if (this.faster) {
				this.faster = false;
				this.others = this.picks[0].picks.pick(NOTHING, null, true);
			}
			return first;
		}

	}

}
