package io.eas.loadbalancer.hash;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.eas.instance.EasInstance;
import io.eas.instance.TestInstances;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * From the hash of a key to its owner.
 */
class HashRingTests {

	private static final long[] HASHES = LongStream.iterate(42, KeyHash::next).skip(1).limit(20_000).toArray();

	/** What the ring is, computed the plain way. */
	@Property(tries = 50)
	void hashIsOwnedByNearestInstanceRelativeToItsWeight(
			@ForAll @Size(min = 1, max = 12) List<@IntRange(max = 1000) Integer> weights, @ForAll long seed) {
		List<EasInstance> instances = instances(weights);
		HashRing ring = ring(instances);
		new Random(seed).longs(200).forEach((hash) -> {
			int owner = ring.owner(hash);
			for (int other = 0; other < instances.size(); other++) {
				if (ring.weight(other) > 0) {
					assertThat(distance(instances.get(owner), hash) * ring.weight(other))
						.isLessThanOrEqualTo(distance(instances.get(other), hash) * ring.weight(owner));
				}
			}
		});
	}

	/** From the last of an instance's 256 points before a hash. */
	private static long distance(EasInstance instance, long hash) {
		return LongStream.iterate(KeyHash.of(instance.address()), KeyHash::next)
			.limit(256)
			.map((point) -> ((hash >>> 32) - (point >>> 32)) & 0xffffffffL)
			.min()
			.orElseThrow();
	}

	@Property(tries = 60)
	void removedInstanceMovesOnlyItsOwnHashes(
			@ForAll @Size(min = 2, max = 60) List<@IntRange(max = 1000) Integer> weights,
			@ForAll @IntRange(max = 59) int victim) {
		List<EasInstance> before = instances(weights);
		List<EasInstance> after = new ArrayList<>(before);
		EasInstance gone = after.remove(victim % before.size());
		if (Collections.max(weights) > 0 && after.stream().anyMatch((instance) -> instance.weight() > 0)) {
			assertThat(moved(before, after)).allMatch((move) -> move.from().equals(gone));
			assertThat(moved(after, before)).allMatch((move) -> move.to().equals(gone));
		}
	}

	@Property(tries = 60)
	void changedWeightMovesOnlyHashesThatTheInstanceGainsOrLoses(
			@ForAll @Size(min = 2, max = 60) List<@IntRange(min = 1, max = 1000) Integer> weights,
			@ForAll @IntRange(max = 59) int changed, @ForAll @IntRange(max = 1000) int weight) {
		List<EasInstance> before = instances(weights);
		int index = changed % before.size();
		List<EasInstance> after = new ArrayList<>(before);
		after.set(index, TestInstances.instance(index, weight));
		boolean less = weight < before.get(index).weight();
		assertThat(moved(before, after)).allMatch((move) -> (less ? move.from() : move.to()).equals(before.get(index)));
	}

	@ParameterizedTest
	@ValueSource(ints = { 3, 10, 100, 1000 })
	void removedInstanceMovesAboutItsShare(int size) {
		List<EasInstance> before = TestInstances.instances(new int[size]);
		double moved = IntStream.of(0, size / 2, size - 1)
			.map((victim) -> moved(before, without(before, victim)).size())
			.average()
			.orElseThrow();
		double share = (double) HASHES.length / size;
		assertThat(moved).isCloseTo(share, within(0.3 * share));
	}

	@Test
	void removedInstanceMovesAboutTwiceItsShareIfPointsAreReduced() {
		List<EasInstance> before = TestInstances.instances(new int[5001]);
		assertThat(moved(before, without(before, 17))).hasSizeLessThan(10 * HASHES.length / 5001);
	}

	@Property(tries = 30)
	void sharesAreProportionalToWeights(
			@ForAll @Size(min = 2, max = 50) List<@IntRange(min = 1, max = 1000) Integer> weights) {
		long sum = weights.stream().mapToLong(Integer::intValue).sum();
		double[] shares = shares(instances(weights));
		for (int i = 0; i < shares.length; i++) {
			// six standard deviations of the points, and of the hashes
			double share = (double) weights.get(i) / sum;
			assertThat(shares[i]).isCloseTo(share, within(6 * 0.065 * share + 6 * Math.sqrt(share / HASHES.length)));
		}
	}

	@Test
	void sharesStayWithinTheErrorsOfTheTable() {
		double[] shares = shares(TestInstances.instances(new int[20]));
		double variance = Arrays.stream(shares).map((share) -> Math.pow(20 * share - 1, 2)).average().orElseThrow();
		assertThat(Math.sqrt(variance)).isBetween(0.03, 0.09);
		assertThat(Arrays.stream(shares).max().orElseThrow()).isLessThan(1.25 / 20);
	}

	@Test
	void instanceWithWeightZeroOwnsNothingWhileOthersHaveWeight() {
		assertThat(shares(TestInstances.instances(0, 3, 0, 1))).containsExactly(new double[] { 0, 0.75, 0, 0.25 },
				within(0.1));
	}

	@Test
	void sharesAreEqualIfAllWeightsAreZero() {
		assertThat(shares(TestInstances.instances(0, 0))).containsExactly(new double[] { 0.5, 0.5 }, within(0.1));
	}

	@Test
	void onlyInstanceOwnsEverything() {
		HashRing ring = ring(TestInstances.instances(7));
		assertThat(Arrays.stream(HASHES).mapToInt(ring::owner)).containsOnly(0);
	}

	@Property(tries = 30)
	void ringDoesNotDependOnTheOrderOfInstances(
			@ForAll @Size(min = 1, max = 40) List<@IntRange(max = 3) Integer> weights, @ForAll Random random) {
		List<EasInstance> instances = instances(weights);
		List<EasInstance> shuffled = new ArrayList<>(instances);
		Collections.shuffle(shuffled, random);
		assertThat(moved(instances, shuffled)).isEmpty();
	}

	/** If this changes, clients of two versions no longer agree on owners. */
	@Test
	void ringIsStableAcrossVersions() {
		HashRing ring = ring(TestInstances.instances(1, 2, 3, 4));
		assertThat(IntStream.range(0, 20).map((i) -> ring.owner(KeyHash.of("session-" + i)))).containsExactly(2, 3, 2,
				2, 1, 3, 3, 1, 3, 2, 1, 2, 3, 2, 2, 1, 0, 2, 2, 0);
	}

	@Test
	void ringWithTenThousandInstancesStaysBelowTenMegabytes() {
		int[] weights = new Random(1).ints(10_000, 1, 1001).toArray();
		List<EasInstance> instances = TestInstances.instances(weights);
		HashRing ring = ring(instances);
		long owners = Arrays.stream(HASHES).mapToInt(ring::owner).distinct().count();
		assertThat(owners).isGreaterThan(5000);
		assertThat(ring.segments()).isBetween(1 << 18, 1 << 20);
	}

	private static List<EasInstance> instances(List<Integer> weights) {
		return TestInstances.instances(weights.stream().mapToInt(Integer::intValue).toArray());
	}

	private static List<EasInstance> without(List<EasInstance> instances, int index) {
		List<EasInstance> rest = new ArrayList<>(instances);
		rest.remove(index);
		return rest;
	}

	private static HashRing ring(List<EasInstance> instances) {
		return new HashRing(instances.toArray(EasInstance[]::new),
				instances.stream().mapToInt(EasInstance::weight).toArray());
	}

	private static double[] shares(List<EasInstance> instances) {
		HashRing ring = ring(instances);
		double[] shares = new double[instances.size()];
		for (long hash : HASHES) {
			shares[ring.owner(hash)] += 1.0 / HASHES.length;
		}
		return shares;
	}

	private static List<Move> moved(List<EasInstance> before, List<EasInstance> after) {
		HashRing old = ring(before);
		HashRing young = ring(after);
		return Arrays.stream(HASHES)
			.mapToObj((hash) -> new Move(before.get(old.owner(hash)), after.get(young.owner(hash))))
			.filter((move) -> !move.from().equals(move.to()))
			.toList();
	}

	private record Move(EasInstance from, EasInstance to) {
	}

}
