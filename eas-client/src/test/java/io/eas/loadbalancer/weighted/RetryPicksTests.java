package io.eas.loadbalancer.weighted;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.instance.TestInstances;
import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.selection.TestSelector;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Later attempts: elsewhere while there is an elsewhere.
 */
class RetryPicksTests {

	private static final int DRAWS = 1_000_000;

	@Test
	void triedInstanceIsNotPickedWhileAnUntriedOneHasWeight() {
		InstancePicker picker = picker(TestInstances.list(1000, 1, 1000), 1);
		for (int n = 0; n < DRAWS; n++) {
			TriedInstances tried = new TriedInstances();
			EasInstance first = picker.pick(tried, null).instance();
			tried.add(first);
			EasInstance second = picker.pick(tried, null).instance();
			tried.add(second);
			EasInstance third = picker.pick(tried, null).instance();
			if (second.equals(first) || third.equals(first) || third.equals(second)) {
				fail("draw %d went to %s, then %s, then %s", n, first, second, third);
			}
		}
	}

	@Test
	void onlyUntriedInstanceAmongAThousandIsFound() {
		int[] weights = new Random(3).ints(1000, 1, 1_000_000).toArray();
		weights[77] = 1;
		InstanceList list = TestInstances.list(weights);
		TriedInstances tried = new TriedInstances();
		list.instances().stream().filter((instance) -> !instance.equals(left())).forEach(tried::add);
		InstancePicker picker = picker(list, 1);
		for (int n = 0; n < 100; n++) {
			assertThat(picker.pick(tried, null).instance()).isEqualTo(left());
		}
	}

	private static EasInstance left() {
		return TestInstances.instance(77, 1);
	}

	@Test
	void untriedInstancesAreDrawnByWeight() {
		InstanceList list = TestInstances.list(700, 1, 10, 1000, 100, 300);
		InstancePicker picker = picker(list, 20260101);
		TriedInstances tried = tried(0, 3);
		Map<EasInstance, Long> counts = new HashMap<>();
		for (int n = 0; n < DRAWS; n++) {
			counts.merge(picker.pick(tried, null).instance(), 1L, Long::sum);
		}
		double chiSquare = 0;
		for (int index : new int[] { 1, 2, 4, 5 }) {
			EasInstance instance = list.instances().get(index);
			double expected = DRAWS * instance.weight() / 411.0;
			chiSquare += Math.pow(counts.remove(instance) - expected, 2) / expected;
		}
		assertThat(counts).isEmpty();
		// 3 degrees of freedom, 0.1 %
		assertThat(chiSquare).isLessThan(16.3);
	}

	@Test
	void onlyLastTriedInstanceIsSkippedOnceAllWereTried() {
		InstanceList list = TestInstances.list(100, 100, 100);
		InstancePicker picker = picker(list, 1);
		Map<EasInstance, Long> counts = new HashMap<>();
		for (int n = 0; n < 20_000; n++) {
			counts.merge(picker.pick(tried(0, 1, 2), null).instance(), 1L, Long::sum);
		}
		assertThat(counts).containsOnlyKeys(list.instances().get(0), list.instances().get(1));
		assertThat(counts.values()).allMatch((count) -> Math.abs(count - 10_000) < 500);
	}

	@Test
	void onlyInstanceIsPickedAgain() {
		assertThat(picker(TestInstances.list(100), 1).pick(tried(0, 0), null).instance())
			.isEqualTo(TestInstances.instance(0, 100));
	}

	@Test
	void onlyInstanceWithWeightIsPickedAgainRatherThanADrainedOne() {
		InstancePicker picker = picker(TestInstances.list(100, 0), 1);
		for (int n = 0; n < 1000; n++) {
			assertThat(picker.pick(tried(0), null).instance()).isEqualTo(TestInstances.instance(0, 100));
		}
	}

	@Test
	void removedTriedInstanceIsIgnored() {
		InstancePicker picker = picker(TestInstances.list(100, 100), 1);
		Map<EasInstance, Long> counts = new HashMap<>();
		for (int n = 0; n < 10_000; n++) {
			counts.merge(picker.pick(tried(7), null).instance(), 1L, Long::sum);
		}
		assertThat(counts.values()).hasSize(2).allMatch((count) -> Math.abs(count - 5000) < 400);
	}

	@Test
	void repeatedlyTriedInstanceIsExcludedOnce() {
		InstancePicker picker = picker(TestInstances.list(10, 10, 10), 1);
		for (int n = 0; n < 1000; n++) {
			assertThat(picker.pick(tried(0, 1, 0, 1), null).instance()).isEqualTo(TestInstances.instance(2, 10));
		}
	}

	@Test
	void triedInstanceIsSkippedAmongDrainedOnes() {
		InstancePicker picker = picker(TestInstances.list(0, 0), 1);
		for (int n = 0; n < 1000; n++) {
			assertThat(picker.pick(tried(1), null).instance()).isEqualTo(TestInstances.instance(0, 0));
		}
	}

	@Test
	void retryDoesNotDisturbTheWalkOfFirstAttempts() {
		InstanceList list = TestInstances.list(3, 5, 7);
		InstancePicker undisturbed = picker(list, 1);
		InstancePicker disturbed = picker(list, 1);
		for (int n = 0; n < 150; n++) {
			disturbed.pick(tried(n % 3), null).instance();
			assertThat(disturbed.pick(new TriedInstances(), null).instance())
				.isEqualTo(undisturbed.pick(new TriedInstances(), null).instance());
		}
	}

	@Test
	void triedInstanceIsSkippedWhateverItsWeight() {
		InstancePicker picker = new WeightedRoundRobin(new Random(1))
			.create(TestSelector.candidates(TestInstances.list(1000, 1)));
		for (int n = 0; n < 1000; n++) {
			assertThat(picker.pick(tried(0), null).instance()).isEqualTo(TestInstances.instance(1, 1));
		}
	}

	private static InstancePicker picker(InstanceList list, long seed) {
		Random random = new Random(seed);
		Candidates candidates = TestSelector.candidates(list);
		WeightIndex table = WeightIndex.of(candidates, random.nextInt());
		return new WeightedPicker(candidates, table, (picked, point, excluded) -> picked,
				GoldenRatioStride.step(table.length()), random.nextLong(), () -> random);
	}

	private static TriedInstances tried(int... indexes) {
		TriedInstances tried = new TriedInstances();
		for (int index : indexes) {
			tried.add(TestInstances.instance(index, 0));
		}
		return tried;
	}

}
