package io.eas.emulator.lifecycle;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

import io.eas.emulator.lifecycle.LifecycleState.Phase;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lifecycle and a model of the kubelet see the same things happen and must agree
 * after each of them.
 */
class LifecycleModelTests {

	private static final Set<Phase> SEEN = EnumSet.noneOf(Phase.class);

	private static Duration longestWait = Duration.ZERO;

	private static int expired;

	@Provide
	Arbitrary<int[]> traces() {
		return Arbitraries.integers()
			.between(0, 0xffff)
			.withDistribution(RandomDistribution.uniform())
			.withoutEdgeCases()
			.array(int[].class)
			.ofMinSize(Trace.HEAD + 5)
			.ofMaxSize(Trace.HEAD + 60);
	}

	@Property(tries = 20_000)
	void matchesTheModelOfTheKubelet(@ForAll("traces") int[] numbers) {
		check(numbers);
	}

	@Property(tries = 100_000)
	@Tag("long")
	void matchesTheModelOfTheKubeletOverManyEvents(@ForAll("traces") int[] numbers) {
		check(numbers);
	}

	private static void check(int[] numbers) {
		Trace trace = new Trace(numbers);
		trace.check();
		SEEN.addAll(trace.seen());
		longestWait = (trace.longestWait().compareTo(longestWait) > 0) ? trace.longestWait() : longestWait;
		expired += trace.forgotten() ? 1 : 0;
	}

	/** The traces are worth little where they don't get around. */
	@AfterContainer
	static void haveBeenEverywhere() {
		assertThat(SEEN).containsExactlyInAnyOrder(Phase.values());
		assertThat(longestWait).isEqualTo(Duration.ofMinutes(5));
		assertThat(expired).isGreaterThan(100);
	}

}
