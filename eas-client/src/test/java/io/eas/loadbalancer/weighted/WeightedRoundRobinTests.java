package io.eas.loadbalancer.weighted;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.instance.TestInstances;
import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.hash.Shares;
import io.eas.loadbalancer.selection.TestSelector;
import io.eas.loadbalancer.selection.TestSelector.FirstPicks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

/**
 * First attempts: exact shares, evenly spread.
 */
class WeightedRoundRobinTests {

	/** Weight lists whose cycle is short enough to be walked more than once. */
	static List<int[]> weights() {
		Random random = new Random(20260101);
		List<int[]> all = new ArrayList<>(List.of(new int[] { 1 }, new int[] { 0 }, new int[] { 0, 0, 0 },
				new int[] { 1_000_000 }, new int[] { 1, 10, 1000 }, new int[] { 1, 1000 }, new int[] { 0, 7, 0, 7 },
				new int[] { 1_000_000, 500_000, 0, 250_000 }, new int[] { Integer.MAX_VALUE, Integer.MAX_VALUE },
				IntStream.generate(() -> 100).limit(1000).toArray(), new int[10_000]));
		all.add(IntStream.range(0, 10_000).map((i) -> 1 + i % 2).toArray());
		for (int n = 0; n < 60; n++) {
			int unit = 1 + random.nextInt(50);
			int size = 1 + random.nextInt((n % 3 == 0) ? 1000 : 20);
			int most = 1 + 20_000 / size;
			all.add(random.ints(size, 0, most).map((weight) -> weight * unit).toArray());
		}
		return all;
	}

	@ParameterizedTest
	@MethodSource("weights")
	void eachInstanceGetsExactlyItsWeightInAnyCycleOfConsecutivePicks(int[] weights) {
		InstanceList list = TestInstances.list(weights);
		Map<EasInstance, Long> shares = Shares.of(list);
		int cycle = (int) Shares.cycle(list);
		FirstPicks picker = TestSelector.first(new WeightedRoundRobin(new Random(weights.length)), list);
		EasInstance[] window = new EasInstance[cycle];
		Map<EasInstance, Long> counts = new HashMap<>();
		for (int n = 0; n < cycle; n++) {
			window[n] = picker.next();
			counts.merge(window[n], 1L, Long::sum);
		}
		assertThat(counts).isEqualTo(shares);
		// if what comes a cycle later is what was before, every window has the same
		// shares
		for (int n = 0; n < 2 * cycle; n++) {
			assertThat(picker.next()).isSameAs(window[n % cycle]);
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 530, 1060, Long.MAX_VALUE })
	void sharesAreExactWhereverTheWalkStarts(long start) {
		InstanceList list = TestInstances.list(3, 0, 17, 1000, 41);
		FirstPicks picker = picker(list, 7, start);
		assertThat(count(picker, 10 * Shares.cycle(list))).isEqualTo(times(10, Shares.of(list)));
	}

	@Test
	void walkIsThatOfTheExample() {
		InstanceList list = TestInstances.list(5, 1, 2);
		FirstPicks picker = TestSelector.first(new WeightedRoundRobin(new Random(3)), list);
		List<EasInstance> walk = IntStream.range(0, 8).mapToObj((i) -> picker.next()).toList();
		int firstSmall = walk.indexOf(TestInstances.instance(1, 1));
		List<Integer> weights = IntStream.range(0, 8).mapToObj((i) -> walk.get((firstSmall + i) % 8).weight()).toList();
		// a b a c a a c a, or mirrored, read from b
		assertThat(weights).isIn(List.of(1, 5, 2, 5, 5, 2, 5, 5), List.of(1, 5, 5, 2, 5, 5, 2, 5));
	}

	@Test
	void instanceWithWeightZeroIsNotPickedWhileOthersHaveWeight() {
		InstanceList list = TestInstances.list(0, 1, 0, 1_000_000, 0);
		FirstPicks picker = TestSelector.first(new WeightedRoundRobin(new Random(5)), list);
		assertThat(count(picker, 100_000).keySet()).allMatch((instance) -> instance.weight() > 0);
	}

	@Test
	void sharesAreEqualIfAllWeightsAreZero() {
		FirstPicks picker = TestSelector.first(new WeightedRoundRobin(new Random(5)), TestInstances.list(0, 0, 0, 0));
		assertThat(count(picker, 4000).values()).containsExactly(1000L, 1000L, 1000L, 1000L);
	}

	@Test
	void tenThousandInstancesOfTheLargestWeightArePickedInTurn() {
		int[] weights = new int[10_000];
		Arrays.fill(weights, Integer.MAX_VALUE);
		FirstPicks picker = TestSelector.first(new WeightedRoundRobin(new Random(5)), TestInstances.list(weights));
		assertThat(count(picker, 10_000).values()).hasSize(10_000).allMatch((count) -> count == 1);
	}

	@Test
	void sharesAreKeptIfTheCycleIsTooLongToComplete() {
		int[] weights = new int[10_000];
		Arrays.setAll(weights, (i) -> Integer.MAX_VALUE - i);
		FirstPicks picker = TestSelector.first(new WeightedRoundRobin(new Random(5)), TestInstances.list(weights));
		assertThat(count(picker, 100_000).values()).hasSize(10_000).allMatch((count) -> Math.abs(count - 10) <= 4);
	}

	@Test
	void picksOfAnInstanceAreSpreadEvenly() {
		Random random = new Random(42);
		List<Smoothness> measured = IntStream.range(0, 60).mapToObj((i) -> {
			InstanceList list = TestInstances.list(random.ints(100, 1, 1001).toArray());
			return Smoothness.of(list, picker(list, random.nextInt(), random.nextInt(Integer.MAX_VALUE)));
		}).toList();
		assertThat(measured).allSatisfy((smoothness) -> {
			assertThat(smoothness.deviation()).isLessThanOrEqualTo(4.25);
			assertThat(smoothness.gap()).isLessThanOrEqualTo(2.5);
			assertThat(smoothness.run()).isEqualTo(1);
		});
		assertThat(measured.stream().filter((smoothness) -> smoothness.deviation() <= 4)).hasSizeGreaterThan(57);
		assertThat(measured.stream().mapToDouble(Smoothness::deviation).average()).hasValueCloseTo(3.2, offset(0.25));
	}

	@Test
	void startAndOrderDifferFromClientToClient() {
		InstanceList list = TestInstances.list(new int[1000]);
		FirstPicks one = TestSelector.first(new WeightedRoundRobin(new Random(1)), list);
		FirstPicks other = TestSelector.first(new WeightedRoundRobin(new Random(2)), list);
		int same = 0;
		for (int n = 0; n < 1000; n++) {
			same += one.next().equals(other.next()) ? 1 : 0;
		}
		assertThat(same).isLessThan(20);
	}

	@Test
	void sharesAreExactForSixteenConcurrentThreads() throws Exception {
		InstanceList list = TestInstances.list(1, 10, 1000, 0, 5);
		TestSelector picks = new TestSelector(new WeightedRoundRobin(new Random(9))).take(list.instances());
		int each = 25 * (int) Shares.cycle(list);
		Map<EasInstance, Long> counts = inThreads(16, () -> {
			Map<EasInstance, Long> own = new HashMap<>();
			for (int n = 0; n < each; n++) {
				own.merge(picks.pick(), 1L, Long::sum);
			}
			return own;
		});
		assertThat(counts).isEqualTo(times(16 * 25, Shares.of(list)));
	}

	@Test
	void noInstanceStarvesHoweverOftenTheListChanges() {
		InstanceList one = TestInstances.list(100, 100, 100, 100, 100);
		InstanceList other = TestInstances.list(100, 100, 100, 100, 101);
		for (int picksPerList = 1; picksPerList <= 12; picksPerList++) {
			TestSelector picks = new TestSelector(new WeightedRoundRobin(new Random(picksPerList)));
			Map<EasInstance, Long> counts = new HashMap<>();
			for (int change = 0; change < 5000; change++) {
				for (int n = 0; n < picksPerList; n++) {
					counts.merge(picks.pick((change % 2 == 0) ? one : other), 1L, Long::sum);
				}
			}
			long fair = 1000L * picksPerList;
			assertThat(counts.values()).as("%d picks a list", picksPerList)
				.hasSize(5)
				.allMatch((count) -> Math.abs(count - fair) <= fair * 0.01);
		}
	}

	/**
	 * Instances come and go and change their weights, every ten picks.
	 */
	@Test
	void sharesAreKeptWhileTheListChangesTenThousandTimes() {
		Random random = new Random(7);
		int[] weights = random.ints(30, 1, 101).toArray();
		TestSelector picks = new TestSelector(new WeightedRoundRobin(new Random(8)));
		double[] expected = new double[weights.length];
		int[] picked = new int[weights.length];
		for (int change = 0; change < 10_000; change++) {
			int guest = change % 7;
			int[] now = Arrays.copyOf(weights, weights.length + guest);
			Arrays.fill(now, weights.length, now.length, 1 + random.nextInt(100));
			InstanceList list = TestInstances.list(now);
			int sum = Arrays.stream(now).sum();
			for (int n = 0; n < 10; n++) {
				int index = TestSelector.index(picks.pick(list));
				if (index < weights.length) {
					picked[index]++;
				}
				for (int i = 0; i < weights.length; i++) {
					expected[i] += (double) weights[i] / sum;
				}
			}
		}
		for (int i = 0; i < weights.length; i++) {
			double error = Math.abs(picked[i] - expected[i]) / 100_000;
			assertThat(error).as("share error of instance %d", i).isLessThanOrEqualTo(0.002);
			assertThat(picked[i] / expected[i]).as("picks of instance %d over its share", i).isBetween(0.6, 1.4);
		}
	}

	@Test
	void weightThatBecomesZeroIsAppliedAtOnce() {
		TestSelector picks = new TestSelector(new WeightedRoundRobin(new Random(1)));
		InstanceList before = TestInstances.list(100, 100);
		InstanceList after = TestInstances.list(100, 0);
		IntStream.range(0, 101).forEach((i) -> picks.pick(before));
		assertThat(IntStream.range(0, 1000).mapToObj((i) -> picks.pick(after)))
			.allMatch((instance) -> instance.weight() == 100);
	}

	private static FirstPicks picker(InstanceList list, int seed, long start) {
		Candidates candidates = TestSelector.candidates(list);
		WeightIndex table = WeightIndex.of(candidates, seed);
		return TestSelector.first(new WeightedPicker(candidates, table, (picked, point, excluded) -> picked,
				GoldenRatioStride.step(table.length()), start, ThreadLocalRandom::current));
	}

	private static Map<EasInstance, Long> count(FirstPicks picker, long picks) {
		Map<EasInstance, Long> counts = new HashMap<>();
		for (long n = 0; n < picks; n++) {
			counts.merge(picker.next(), 1L, Long::sum);
		}
		return counts;
	}

	private static Map<EasInstance, Long> times(long factor, Map<EasInstance, Long> shares) {
		Map<EasInstance, Long> all = new HashMap<>();
		shares.forEach((instance, share) -> all.put(instance, factor * share));
		return all;
	}

	private static Map<EasInstance, Long> inThreads(int threads, Callable<Map<EasInstance, Long>> work)
			throws InterruptedException, ExecutionException {
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		CyclicBarrier together = new CyclicBarrier(threads);
		try {
			List<Future<Map<EasInstance, Long>>> results = IntStream.range(0, threads)
				.mapToObj((i) -> executor.submit(() -> {
					together.await(10, TimeUnit.SECONDS);
					return work.call();
				}))
				.toList();
			Map<EasInstance, Long> all = new HashMap<>();
			for (Future<Map<EasInstance, Long>> result : results) {
				result.get().forEach((instance, count) -> all.merge(instance, count, Long::sum));
			}
			return all;
		}
		finally {
			executor.shutdownNow();
		}
	}

	/**
	 * How evenly the picks of one cycle are spread.
	 *
	 * @param deviation the largest difference of picks so far and picks expected so far
	 * @param gap the longest wait of an instance for its next pick, over its ideal one
	 * @param run the most picks of one instance in a row
	 */
	private record Smoothness(double deviation, double gap, int run) {

		static Smoothness of(InstanceList list, FirstPicks picker) {
			Map<EasInstance, Long> shares = Shares.of(list);
			long cycle = Shares.cycle(list);
			Map<EasInstance, Integer> counts = new HashMap<>();
			Map<EasInstance, Long> latest = new HashMap<>();
			double deviation = 0;
			double gap = 0;
			int run = 0;
			int longestRun = 0;
			EasInstance previous = null;
			for (long n = 0; n < 2 * cycle; n++) {
				EasInstance instance = picker.next();
				double share = (double) shares.get(instance) / cycle;
				int count = counts.merge(instance, 1, Integer::sum);
				deviation = Math.max(deviation, Math.abs(count - 1 - n * share));
				deviation = Math.max(deviation, Math.abs(count - (n + 1) * share));
				Long before = latest.put(instance, n);
				gap = (before != null) ? Math.max(gap, (n - before) * share) : gap;
				run = instance.equals(previous) ? run + 1 : 1;
				longestRun = Math.max(longestRun, run);
				previous = instance;
			}
			return new Smoothness(deviation, gap, longestRun);
		}

	}

}
