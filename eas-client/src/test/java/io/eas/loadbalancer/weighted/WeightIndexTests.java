package io.eas.loadbalancer.weighted;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
import io.eas.instance.TestInstances;
import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.InstanceState;
import io.eas.loadbalancer.hash.Shares;
import io.eas.loadbalancer.selection.TestSelector;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * From a point on the line to its instance.
 */
class WeightIndexTests {

	@Property(tries = 300)
	void givesEachInstanceAsManyPointsAsItsReducedWeight(
			@ForAll @Size(min = 1, max = 200) List<@IntRange(min = 0, max = 60) Integer> weights, @ForAll int seed) {
		InstanceList list = TestInstances.list(weights.stream().mapToInt(Integer::intValue).toArray());
		WeightIndex table = table(list, seed);
		Map<EasInstance, Long> points = new HashMap<>();
		for (long point = 0; point < table.length(); point++) {
			points.merge(at(table, point), 1L, Long::sum);
		}
		assertThat(points).isEqualTo(Shares.of(list));
	}

	@Test
	void findsTheFirstAndTheLastPointOfEachInstanceOfALongLine() {
		int[] weights = new Random(1).ints(10_000, 0, Integer.MAX_VALUE).toArray();
		checkEnds(table(TestInstances.list(weights), 7));
	}

	@Test
	void doesNotOverflowWithMoreInstancesThanAnyServiceHas() {
		int[] weights = new int[100_000];
		Arrays.setAll(weights, (i) -> Integer.MAX_VALUE - i % 2);
		WeightIndex table = table(TestInstances.list(weights), 7);
		assertThat(table.length()).isEqualTo(50_000L * Integer.MAX_VALUE + 50_000L * (Integer.MAX_VALUE - 1));
		checkEnds(table);
	}

	@Test
	void dividesByTheGreatestCommonDivisor() {
		int[] weights = new int[10_000];
		Arrays.fill(weights, Integer.MAX_VALUE);
		assertThat(table(TestInstances.list(weights), 7).length()).isEqualTo(10_000);
		assertThat(table(TestInstances.list(100, 0, 250), 7).length()).isEqualTo(7);
	}

	@Test
	void orderDiffersFromClientToClient() {
		InstanceList list = TestInstances.list(new int[100]);
		assertThat(order(list, 1)).isEqualTo(order(list, 1)).isNotEqualTo(order(list, 2));
		assertThat(order(list, 1)).containsExactlyInAnyOrderElementsOf(order(list, 2));
	}

	@Test
	void instanceWithoutTrafficHasNoIndex() {
		WeightIndex table = table(TestInstances.list(5, 0), 7);
		assertThat(table.size()).isEqualTo(1);
		assertThat(table.indexOf(TestInstances.instance(0, 5))).isZero();
		assertThat(table.indexOf(TestInstances.instance(1, 0))).isEqualTo(-1);
		assertThat(table.indexOf(TestInstances.instance(2, 5))).isEqualTo(-1);
	}

	@Test
	void instancesWithEqualHashesAreDistinguished() {
		EasInstance one = new EasInstance("10.0.0.1", 32, 1);
		EasInstance other = new EasInstance("10.0.0.2", 1, 1);
		assertThat(one).hasSameHashCodeAs(other);
		WeightIndex table = table(new InstanceList(List.of(one, other), Instant.EPOCH, Source.STATIC), 7);
		assertThat(table.at(table.indexOf(one)).instance()).isEqualTo(one);
		assertThat(table.at(table.indexOf(other)).instance()).isEqualTo(other);
		assertThat(table.indexOf(new EasInstance("10.0.0.0", 63, 1))).isEqualTo(-1);
	}

	/** Lists that differ in little from the one before, and now and then in much. */
	@Property(tries = 300)
	void derivedIndexEqualsIndexCreatedFromScratch(@ForAll @IntRange(min = 1, max = 200) int size,
			@ForAll @Size(min = 1, max = 20) List<@IntRange(min = 0, max = 12) Integer> changes,
			@ForAll Random random) {
		int[] weights = { 0, 0, 6, 6, 10, 15, 100, 100, 100, 100 };
		Map<Integer, Integer> listed = new HashMap<>();
		for (int i = 0; i < size; i++) {
			listed.put(2 * i, weights[random.nextInt(weights.length)]);
		}
		Candidates candidates = TestSelector.candidates(list(listed));
		WeightIndex table = WeightIndex.of(candidates, 7);
		for (int change : changes) {
			int common = weights[random.nextInt(weights.length)];
			for (int n = 0; n < change; n++) {
				int index = random.nextInt(2 * size);
				if (listed.size() > 1 && random.nextBoolean()) {
					listed.remove(index);
				}
				else {
					listed.put(index, common);
				}
			}
			candidates = next(candidates, list(listed).instances());
			table = table.next(candidates);
			WeightIndex anew = WeightIndex.of(candidates, 7);
			assertThat(order(table)).usingElementComparator((a, b) -> (a == b) ? 0 : 1).isEqualTo(order(anew));
			checkEnds(table);
		}
	}

	@Test
	void derivedIndexUsesTheStatesOfItsOwnService() {
		InstanceList list = TestInstances.list(1, 2, 3);
		WeightIndex others = table(list, 7);
		Candidates own = TestSelector.candidates(list);
		assertThat(order(others.next(own)).stream().map((state) -> own.states().contains(state))).doesNotContain(false);
	}

	@Test
	void divisorIsRecomputedWhenTheInstanceThatLimitedItIsRemoved() {
		int[] weights = new int[100];
		Arrays.fill(weights, 100);
		weights[99] = 50;
		Candidates before = TestSelector.candidates(TestInstances.list(weights));
		Candidates after = next(before, TestInstances.instances(Arrays.copyOf(weights, 99)));
		assertThat(WeightIndex.of(before, 7).length()).isEqualTo(199);
		assertThat(WeightIndex.of(before, 7).next(after).length()).isEqualTo(99);
	}

	@Test
	void instancesWithEqualHashesHaveAStableOrder() {
		EasInstance first = new EasInstance("10.0.200.1", 63, 0);
		EasInstance second = new EasInstance("10.0.200.2", 32, 0);
		EasInstance third = new EasInstance("10.0.200.3", 1, 0);
		List<EasInstance> others = TestInstances.instances(new int[100]);
		Candidates candidates = TestSelector.candidates(new InstanceList(others, Instant.EPOCH, Source.DISCOVERY));
		WeightIndex table = WeightIndex.of(candidates, 7);
		for (List<EasInstance> added : List.of(List.of(third, first), List.of(first, second, third),
				List.of(first, second), List.of(second, third))) {
			candidates = next(candidates, Stream.concat(others.stream(), added.stream()).toList());
			table = table.next(candidates);
			assertThat(order(table)).isEqualTo(order(WeightIndex.of(candidates, 7)));
		}
	}

	private static Candidates next(Candidates before, List<EasInstance> instances) {
		return TestSelector.candidates(before.list().next(instances, Instant.EPOCH, Source.DISCOVERY), before);
	}

	private static InstanceList list(Map<Integer, Integer> weights) {
		return new InstanceList(weights.entrySet()
			.stream()
			.map((entry) -> TestInstances.instance(entry.getKey(), entry.getValue()))
			.toList(), Instant.EPOCH, Source.DISCOVERY);
	}

	/** All points, each with what is known of its instance. */
	private static List<InstanceState> order(WeightIndex table) {
		return LongStream.range(0, table.length()).mapToObj(table::stateAt).toList();
	}

	private static List<EasInstance> order(InstanceList list, int seed) {
		WeightIndex table = table(list, seed);
		return LongStream.range(0, table.length()).mapToObj((point) -> at(table, point)).toList();
	}

	private static EasInstance at(WeightIndex table, long point) {
		InstanceState state = table.stateAt(point);
		assertThat(state).isSameAs(table.at(table.indexAt(point)));
		return state.instance();
	}

	private static void checkEnds(WeightIndex table) {
		for (int i = 0; i < table.size(); i++) {
			EasInstance first = at(table, table.start(i));
			assertThat(table.indexOf(first)).isEqualTo(i);
			assertThat(at(table, table.start(i) + table.weight(i) - 1)).isSameAs(first);
		}
	}

	/** A table over a list. */
	private static WeightIndex table(InstanceList list, int seed) {
		return WeightIndex.of(TestSelector.candidates(list), seed);
	}

}
