package io.eas.loadbalancer;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;

import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
import io.eas.instance.TestInstances;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * From a point on the line to its instance.
 */
class WeightTableTests {

	@Property(tries = 300)
	void givesEachInstanceAsManyPointsAsItsReducedWeight(
			@ForAll @Size(min = 1, max = 200) List<@IntRange(min = 0, max = 60) Integer> weights, @ForAll int seed) {
		InstanceList list = TestInstances.list(weights.stream().mapToInt(Integer::intValue).toArray());
		WeightTable table = TestPicks.table(list, seed);
		Map<EasInstance, Long> points = new HashMap<>();
		for (long point = 0; point < table.length(); point++) {
			points.merge(at(table, point), 1L, Long::sum);
		}
		assertThat(points).isEqualTo(Shares.of(list));
	}

	@Test
	void findsTheFirstAndTheLastPointOfEachInstanceOfALongLine() {
		int[] weights = new Random(1).ints(10_000, 0, Integer.MAX_VALUE).toArray();
		checkEnds(TestPicks.table(TestInstances.list(weights), 7));
	}

	@Test
	void doesNotOverflowWithMoreInstancesThanAnyServiceHas() {
		int[] weights = new int[100_000];
		Arrays.setAll(weights, (i) -> Integer.MAX_VALUE - i % 2);
		WeightTable table = TestPicks.table(TestInstances.list(weights), 7);
		assertThat(table.length()).isEqualTo(50_000L * Integer.MAX_VALUE + 50_000L * (Integer.MAX_VALUE - 1));
		checkEnds(table);
	}

	@Test
	void dividesByTheGreatestCommonDivisor() {
		int[] weights = new int[10_000];
		Arrays.fill(weights, Integer.MAX_VALUE);
		assertThat(TestPicks.table(TestInstances.list(weights), 7).length()).isEqualTo(10_000);
		assertThat(TestPicks.table(TestInstances.list(100, 0, 250), 7).length()).isEqualTo(7);
	}

	@Test
	void ordersAnotherClientsInstancesInAnotherWay() {
		InstanceList list = TestInstances.list(new int[100]);
		assertThat(order(list, 1)).isEqualTo(order(list, 1)).isNotEqualTo(order(list, 2));
		assertThat(order(list, 1)).containsExactlyInAnyOrderElementsOf(order(list, 2));
	}

	@Test
	void knowsNoIndexOfWhatTakesNoTraffic() {
		WeightTable table = TestPicks.table(TestInstances.list(5, 0), 7);
		assertThat(table.size()).isEqualTo(1);
		assertThat(table.indexOf(TestInstances.instance(0, 5))).isZero();
		assertThat(table.indexOf(TestInstances.instance(1, 0))).isEqualTo(-1);
		assertThat(table.indexOf(TestInstances.instance(2, 5))).isEqualTo(-1);
	}

	@Test
	void tellsInstancesApartWhoseHashesAreTheSame() {
		EasInstance one = new EasInstance("10.0.0.1", 32, 1);
		EasInstance other = new EasInstance("10.0.0.2", 1, 1);
		assertThat(one).hasSameHashCodeAs(other);
		WeightTable table = TestPicks.table(new InstanceList(List.of(one, other), Instant.EPOCH, Source.STATIC), 7);
		assertThat(table.at(table.indexOf(one)).instance()).isEqualTo(one);
		assertThat(table.at(table.indexOf(other)).instance()).isEqualTo(other);
		assertThat(table.indexOf(new EasInstance("10.0.0.0", 63, 1))).isEqualTo(-1);
	}

	private static List<EasInstance> order(InstanceList list, int seed) {
		WeightTable table = TestPicks.table(list, seed);
		return LongStream.range(0, table.length()).mapToObj((point) -> at(table, point)).toList();
	}

	private static EasInstance at(WeightTable table, long point) {
		InstanceState state = table.stateAt(point);
		assertThat(state).isSameAs(table.at(table.indexAt(point)));
		return state.instance();
	}

	private static void checkEnds(WeightTable table) {
		for (int i = 0; i < table.size(); i++) {
			EasInstance first = at(table, table.start(i));
			assertThat(table.indexOf(first)).isEqualTo(i);
			assertThat(at(table, table.start(i) + table.weight(i) - 1)).isSameAs(first);
		}
	}

}
