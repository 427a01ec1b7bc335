package io.eas.loadbalancer.prefix;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.sun.management.ThreadMXBean;
import io.eas.instance.EasInstance;
import io.eas.instance.TestInstances;
import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.RequestLoad;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.selection.TestSelector;
import io.eas.loadbalancer.selection.TrackedAttempt;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Picks among more instances than a pick looks at.
 */
class PickSampleTests {

	private static final TriedInstances NOTHING = new TriedInstances();

	private static final int BLOCK = 512;

	/** A service with a client of its own, whose prompts are given by their blocks. */
	private static final class Client {

		private final PrefixAware algorithm;

		private final TestSelector selector;

		Client(int seed, int... weights) {
			TestSelector[] clock = new TestSelector[1];
			this.algorithm = new PrefixAware(PrefixSettings.DEFAULTS, new Random(seed), () -> clock[0].now.get());
			this.selector = new TestSelector(this.algorithm);
			clock[0] = this.selector;
			this.selector.take(TestInstances.instances(weights));
		}

		TrackedAttempt start(TriedInstances tried, long... blocks) {
			return Objects.requireNonNull(this.selector.picks.start(tried, null, load(this.algorithm, blocks)));
		}

		EasInstance answered(long... blocks) {
			return answered(NOTHING, blocks);
		}

		EasInstance answered(TriedInstances tried, long... blocks) {
			TrackedAttempt attempt = start(tried, blocks);
			this.selector.pass(Duration.ofSeconds(1));
			attempt.content();
			attempt.end(Outcome.ANSWERED);
			return attempt.instance();
		}

	}

	private static RequestLoad load(PrefixAware algorithm, long... blocks) {
		return algorithm.read(blocks, blocks.length * BLOCK, BLOCK);
	}

	/** The first blocks of a conversation. */
	private static long[] turns(int conversation, int blocks) {
		return new Random(conversation).longs(blocks).toArray();
	}

	private static int[] weights(int count) {
		return IntStream.generate(() -> 100).limit(count).toArray();
	}

	private static TriedInstances allBut(List<EasInstance> instances, EasInstance other) {
		TriedInstances tried = new TriedInstances();
		instances.stream().filter((instance) -> !instance.equals(other)).forEach(tried::add);
		return tried;
	}

	@Test
	void conversationsGoToTheInstanceThatKnowsThem() {
		Client client = new Client(1, weights(1000));
		List<EasInstance> instances = client.selector.cache.current().instances();
		Map<Integer, EasInstance> first = new HashMap<>();
		for (int conversation = 0; conversation < 200; conversation++) {
			// anywhere, so that it's not the home that is found
			TriedInstances others = allBut(instances, instances.get(5 * conversation));
			first.put(conversation, client.answered(others, turns(conversation, 10)));
		}
		for (int conversation = 0; conversation < 200; conversation++) {
			assertThat(client.answered(turns(conversation, 14))).isEqualTo(first.get(conversation));
		}
	}

	@Test
	void conversationsStayWhereTheyAreWhenTheListBecomesLongerThanASample() {
		Client client = new Client(1, weights(60));
		Map<Integer, EasInstance> first = IntStream.range(0, 100)
			.boxed()
			.collect(Collectors.toMap((number) -> number, (number) -> client.answered(turns(number, 10))));
		client.selector.take(TestInstances.instances(weights(120)));
		first.forEach(
				(conversation, instance) -> assertThat(client.answered(turns(conversation, 14))).isEqualTo(instance));
	}

	@Test
	void clientsAgreeOnNewPrompts() {
		Client one = new Client(1, weights(200));
		Client other = new Client(2, weights(200));
		for (int number = 0; number < 100; number++) {
			assertThat(one.answered(turns(number, 10))).isEqualTo(other.answered(turns(number, 10)));
		}
	}

	@Test
	void busyHomeIsAvoided() {
		Client client = new Client(1, weights(200));
		EasInstance home = client.start(NOTHING, turns(1, 10)).instance();
		assertThat(client.start(NOTHING, turns(1, 10)[0], 7).instance()).isNotEqualTo(home);
	}

	@Test
	void pickLooksAtNoMoreOf1000InstancesThanOf64() {
		assertThat(looks(1000)).isLessThanOrEqualTo(looks(64));
	}

	private static int looks(int instances) {
		AtomicInteger looks = new AtomicInteger();
		Candidates candidates = TestSelector.candidates(TestInstances.list(weights(instances)));
		Candidates counting = (Candidates) Proxy.newProxyInstance(Candidates.class.getClassLoader(),
				new Class<?>[] { Candidates.class }, (proxy, method, arguments) -> {
					looks.addAndGet(method.getName().equals("admits") ? 1 : 0);
					return method.invoke(candidates, arguments);
				});
		PrefixAware algorithm = new PrefixAware(PrefixSettings.DEFAULTS, new Random(1), () -> 0);
		InstancePicker picker = algorithm.create(counting);
		for (int number = 0; number < 20; number++) {
			RequestLoad load = load(algorithm, turns(number % 10, 10));
			load.start(picker.pick(NOTHING, null, load));
		}
		return looks.get();
	}

	@Test
	void promptsThatWaitAreSpreadByWeight() {
		Client client = new Client(1, IntStream.range(0, 200).map((index) -> (index < 100) ? 100 : 300).toArray());
		Map<EasInstance, Long> counts = IntStream.range(0, 4000)
			.mapToObj((number) -> client.start(NOTHING, turns(number, 10)).instance())
			.collect(Collectors.groupingBy((instance) -> instance, Collectors.counting()));
		// 10 and 30 on average
		counts.forEach((instance, count) -> assertThat(count).isBetween((instance.weight() == 100) ? 7L : 25L,
				(instance.weight() == 100) ? 13L : 35L));
		assertThat(counts).hasSize(200);
	}

	@Test
	void instancesWithoutWeightTakeNothing() {
		Client client = new Client(1, IntStream.range(0, 200).map((index) -> (index % 10 == 0) ? 100 : 0).toArray());
		for (int number = 0; number < 200; number++) {
			assertThat(client.start(NOTHING, turns(number, 10)).instance().weight()).isEqualTo(100);
		}
	}

	@Test
	void onlyInstanceThatWasNotTriedIsPicked() {
		Client client = new Client(1, weights(200));
		List<EasInstance> instances = client.selector.cache.current().instances();
		client.answered(turns(1, 10));
		for (EasInstance instance : instances.subList(0, 50)) {
			TrackedAttempt attempt = client.start(allBut(instances, instance), turns(1, 14));
			attempt.end(Outcome.CANCELLED);
			assertThat(attempt.instance()).isEqualTo(instance);
		}
	}

	@Test
	void ejectedInstanceIsNotPickedForWhatItKnew() {
		Client client = new Client(1, weights(200));
		EasInstance known = client.answered(turns(1, 10));
		TrackedAttempt broken = client.start(NOTHING, turns(1, 14));
		assertThat(broken.instance()).isEqualTo(known);
		broken.end(Outcome.UNREACHABLE);
		for (int number = 0; number < 20; number++) {
			assertThat(client.start(NOTHING, turns(1, 14)).instance()).isNotEqualTo(known);
		}
	}

	@Test
	void allocatesNothingForAPick() {
		Candidates candidates = TestSelector.candidates(TestInstances.list(weights(200)));
		PrefixAware algorithm = new PrefixAware(PrefixSettings.DEFAULTS, new Random(1), () -> 0);
		InstancePicker picker = algorithm.create(candidates);
		RequestLoad load = load(algorithm, turns(1, 10));
		load.start(picker.pick(NOTHING, null, load));
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long before = threads.getCurrentThreadAllocatedBytes();
		int picked = 0;
		for (int n = 0; n < 1000; n++) {
			picked += picker.pick(NOTHING, null, load).instance().port();
		}
		// the interpreter may allocate a little elsewhere
		assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
		assertThat(picked).isPositive();
	}

	@Test
	void newestHoldersOfTheLongestPrefixAreFoundFirst() {
		BlockHolders holders = new BlockHolders(1000);
		long[] prompt = turns(1, 16);
		for (int holder = 1; holder <= 6; holder++) {
			holders.add(turns(1, 4), holder);
		}
		holders.add(prompt, 9);
		int[] found = new int[16];
		int count = holders.find(turns(1, 20), found, 16);
		assertThat(IntStream.of(found).limit(count)).containsExactly(9, 6, 5, 4);
		assertThat(holders.find(turns(1, 20), found, 2)).isEqualTo(2);
		assertThat(holders.find(turns(2, 20), found, 16)).isZero();
	}

}
