package io.eas.loadbalancer.hash;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.eas.instance.EasInstance;
import io.eas.instance.TestInstances;
import io.eas.loadbalancer.EjectionSettings;
import io.eas.loadbalancer.InstanceState;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.selection.TestSelector;
import io.eas.loadbalancer.selection.TrackedAttempt;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls with the same key meet at the same instance, within bounds.
 */
class ConsistentHashTests {

	private static final TriedInstances NOTHING = new TriedInstances();

	@Test
	void callsWithTheSameKeyGoToTheSameInstance() {
		TestSelector picks = picks(100, 100, 100, 100);
		for (int key = 0; key < 100; key++) {
			assertThat(pick(picks, "session " + key)).isEqualTo(pick(picks, "session " + key));
		}
	}

	@Test
	void allClientsAgree() {
		assertThat(owners(picks(100, 50, 100), 1000)).isEqualTo(owners(picks(100, 50, 100), 1000));
	}

	@Test
	void keysAreSpreadByWeight() {
		List<EasInstance> owners = owners(picks(100, 300, 600), 30_000);
		assertThat(owners.stream().filter((instance) -> instance.weight() == 100).count()).isBetween(2_300L, 3_700L);
		assertThat(owners.stream().filter((instance) -> instance.weight() == 600).count()).isBetween(16_000L, 20_000L);
	}

	@Test
	void removedInstanceMovesOnlyItsOwnKeys() {
		TestSelector picks = picks(100, 100, 100, 100, 100);
		List<EasInstance> before = owners(picks, 10_000);
		picks.take(TestInstances.instances(100, 100, 100, 100));
		List<EasInstance> after = owners(picks, 10_000);
		EasInstance gone = TestInstances.instance(4, 100);
		for (int key = 0; key < before.size(); key++) {
			assertThat(before.get(key).equals(gone) || before.get(key).equals(after.get(key))).isTrue();
		}
		assertThat(before.stream().filter(gone::equals).count()).isBetween(1_600L, 2_400L);
	}

	@Test
	void singleKeyDoesNotOverloadItsInstance() {
		TestSelector picks = picks(100, 100, 100, 100);
		IntStream.range(0, 1000).forEach((n) -> picks.picks.start(NOTHING, "everyone's"));
		int most = (int) Math.ceil(1.25 * 1000 / 4);
		assertThat(picks.picks.states()).allMatch((state) -> state.inFlight() <= most);
	}

	@Test
	void keyOfEjectedInstanceGoesToAnotherOneMeanwhile() {
		TestSelector picks = picks(100, 100, 100);
		InstanceState owner = picks.picks.pick(NOTHING, "key", true);
		picks.picks.begin(owner).end(Outcome.UNREACHABLE);
		EasInstance other = pick(picks, "key");
		assertThat(other).isNotEqualTo(owner.instance()).isEqualTo(pick(picks, "key"));
		picks.pass(EjectionSettings.DEFAULTS.baseTime());
		assertThat(picks.picks.pick(NOTHING, "key", true)).isSameAs(owner);
	}

	@Test
	void mostKeysOfOtherInstancesStayWhileOneIsEjectedUnderLoad() {
		TestSelector picks = picks(100, 100, 100);
		List<EasInstance> before = owners(picks, 300);
		InstanceState out = picks.state(0);
		picks.picks.begin(out).end(Outcome.UNREACHABLE);
		List<TrackedAttempt> load = new ArrayList<>();
		int moved = 0;
		for (int key = 0; key < 300; key++) {
			TrackedAttempt flight = picks.picks.start(NOTHING, "session " + key);
			load.add(flight);
			boolean stays = before.get(key).equals(flight.instance());
			moved += (stays || before.get(key).equals(out.instance())) ? 0 : 1;
			if (load.size() > 30) {
				load.remove(0).end(Outcome.ANSWERED);
			}
		}
		assertThat(moved).isLessThan(60);
	}

	@Test
	void retryGoesToAnotherInstance() {
		TestSelector picks = picks(1000, 1, 1000);
		for (int key = 0; key < 1000; key++) {
			TriedInstances tried = new TriedInstances();
			for (int n = 0; n < 3; n++) {
				EasInstance picked = picks.picks.pick(tried, "key " + key, true).instance();
				assertThat(tried.contains(picked)).isFalse();
				tried.add(picked);
			}
			assertThat(picks.picks.pick(tried, "key " + key, true).instance()).isNotEqualTo(tried.last());
		}
	}

	@Test
	void callsWithoutKeyAreDistributedInTurn() {
		TestSelector picks = picks(2, 3, 5);
		int[] counts = new int[3];
		IntStream.range(0, 100).forEach((n) -> counts[TestSelector.index(picks.pick())]++);
		assertThat(counts).containsExactly(20, 30, 50);
	}

	private static List<EasInstance> owners(TestSelector picks, int keys) {
		return IntStream.range(0, keys).mapToObj((key) -> pick(picks, "session " + key)).toList();
	}

	private static EasInstance pick(TestSelector picks, String key) {
		return picks.picks.pick(NOTHING, key, true).instance();
	}

	private static TestSelector picks(int... weights) {
		return new TestSelector(new ConsistentHash(new Random(1))).take(TestInstances.instances(weights));
	}

}
