package io.eas.loadbalancer.hash;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

import com.sun.management.ThreadMXBean;
import io.eas.instance.EasInstance;
import io.eas.instance.TestInstances;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * From the hash of a key to the instance that takes the call.
 */
class BoundedRingTests {

	@Property(tries = 100)
	void picksOwnerOfHashWithoutLoad(@ForAll @Size(min = 1, max = 20) List<@IntRange(max = 1000) Integer> weights,
			@ForAll long hash) {
		State state = new State(weights);
		assertThat(state.pick(hash, BoundedRingTests::all)).isEqualTo(state.ring.owner(hash));
	}

	@Property(tries = 100)
	void keepsEveryInstanceWithinItsBound(@ForAll @Size(min = 1, max = 20) List<@IntRange(max = 1000) Integer> weights,
			@ForAll @IntRange(min = 1, max = 3) int keys, @ForAll @IntRange(min = 1, max = 500) int calls) {
		State state = new State(weights);
		for (int n = 0; n < calls; n++) {
			int picked = state.pick(KeyHash.of("key-" + n % keys), BoundedRingTests::all);
			assertThat((long) state.inFlight[picked]).isLessThan(state.bound(picked, BoundedRingTests::all));
			state.inFlight[picked]++;
		}
	}

	@Property(tries = 200)
	void picksNoInstanceAboveItsBoundWhileUsableOneIsBelow(
			@ForAll @Size(min = 1, max = 20) List<@IntRange(max = 1000) Integer> weights, @ForAll Random random) {
		State state = new State(weights);
		Arrays.setAll(state.inFlight, (i) -> random.nextInt(1 + random.nextInt(40)));
		long out = random.nextLong();
		IntPredicate usable = (index) -> (out >> index & 1) == 0;
		int picked = state.pick(random.nextLong(), usable);
		List<Integer> choice = IntStream.range(0, weights.size())
			.filter((i) -> usable.test(i) && state.ring.weight(i) > 0)
			.boxed()
			.toList();
		if (choice.isEmpty()) {
			assertThat(picked).isEqualTo(-1);
		}
		else {
			assertThat(choice).contains(picked);
			assertThat((long) state.inFlight[picked]).isLessThan(state.bound(picked, usable));
		}
	}

	@Test
	void findsInstanceInFewStepsIfAlmostFourOfFiveAreFull() {
		State state = new State(new int[1000]);
		Arrays.fill(state.inFlight, 0, 790, 11);
		AtomicInteger steps = new AtomicInteger();
		IntPredicate counted = (index) -> steps.incrementAndGet() > 0;
		for (int n = 0; n < 1000; n++) {
			assertThat(state.ringed.pick(KeyHash.next(n), (i) -> state.inFlight[i], counted, 790 * 11, 1000))
				.isGreaterThanOrEqualTo(790);
		}
		assertThat(steps.get() / 1000).isLessThan(6);
	}

	@Test
	void callsOfOneKeyUseAsFewInstancesAsBoundsAllow() {
		State state = new State(100, 100, 100, 200);
		for (int n = 0; n < 500; n++) {
			state.inFlight[state.pick(KeyHash.of("all the same"), BoundedRingTests::all)]++;
		}
		assertThat(state.inFlight).containsExactlyInAnyOrder(125, 125, 125, 125);
	}

	@Test
	void keyHasStableSecondChoiceWhileItsOwnerIsUnusable() {
		State state = new State(new int[50]);
		long hash = KeyHash.of("session-1");
		int owner = state.ring.owner(hash);
		int second = state.pick(hash, (index) -> index != owner);
		assertThat(second).isNotEqualTo(owner).isEqualTo(state.ring.owner(KeyHash.next(hash)));
	}

	@Test
	void findsOnlyUsableInstanceAmongTenThousand() {
		State state = new State(new int[10_000]);
		assertThat(state.pick(KeyHash.of("session-1"), (index) -> index == 4711)).isEqualTo(4711);
	}

	@Test
	void picksLeastLoadedInstanceIfAllAreFull() {
		State state = new State(100, 300, 100);
		int[] inFlight = { 10, 20, 9 };
		assertThat(state.ringed.pick(1, (i) -> inFlight[i], BoundedRingTests::all, 3, 500)).isEqualTo(1);
		assertThat(state.ringed.pick(1, (i) -> inFlight[i], (i) -> i != 1, 3, 200)).isEqualTo(2);
	}

	@Test
	void allocatesNothingForAPick() {
		State state = new State(new int[100]);
		Arrays.fill(state.inFlight, 0, 50, 2);
		IntUnaryOperator inFlight = (index) -> state.inFlight[index];
		IntPredicate usable = BoundedRingTests::all;
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long sum = state.ringed.pick(KeyHash.of("session"), inFlight, usable, 100, 100);
		long before = threads.getCurrentThreadAllocatedBytes();
		for (int n = 0; n < 10_000; n++) {
			sum += state.ringed.pick(KeyHash.of("session") + n * 0x9e3779b97f4a7c15L, inFlight, usable, 100, 100);
		}
		assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
		assertThat(sum).isPositive();
	}

	private static boolean all(int index) {
		return true;
	}

	/** Instances with calls in flight. */
	private static final class State {

		private final HashRing ring;

		private final BoundedRing ringed;

		private final int[] inFlight;

		State(List<Integer> weights) {
			this(weights.stream().mapToInt(Integer::intValue).toArray());
		}

		State(int... weights) {
			this.ring = new HashRing(TestInstances.instances(weights).toArray(EasInstance[]::new), weights);
			this.ringed = new BoundedRing(this.ring);
			this.inFlight = new int[weights.length];
		}

		int pick(long hash, IntPredicate usable) {
			return this.ringed.pick(hash, (i) -> this.inFlight[i], usable, total(usable), weight(usable));
		}

		/** The least whole number at or above 5/4 of its share, this call included. */
		long bound(int index, IntPredicate usable) {
			return -Math.floorDiv(-5 * (total(usable) + 1) * this.ring.weight(index), 4 * weight(usable));
		}

		private long total(IntPredicate usable) {
			return placed(usable).map((i) -> this.inFlight[i]).sum();
		}

		private long weight(IntPredicate usable) {
			return placed(usable).map(this.ring::weight).sum();
		}

		private IntStream placed(IntPredicate usable) {
			return IntStream.range(0, this.inFlight.length).filter(usable).filter((i) -> this.ring.weight(i) > 0);
		}

	}

}
