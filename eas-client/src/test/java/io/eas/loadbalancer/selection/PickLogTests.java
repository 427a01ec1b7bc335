package io.eas.loadbalancer.selection;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

import com.sun.management.ThreadMXBean;
import io.eas.instance.TestInstances;
import io.eas.loadbalancer.EjectionListener;
import io.eas.loadbalancer.EjectionSettings;
import io.eas.loadbalancer.InstanceState;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.RequestLoad;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.weighted.WeightedRoundRobin;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * The picks that people are told of.
 */
class PickLogTests {

	private static final Instant NOW = Instant.parse("2026-11-26T03:00:00Z");

	private final TestSelector selector = new TestSelector(new WeightedRoundRobin(new Random(1)),
			EjectionSettings.DEFAULTS, Duration.ZERO, EjectionListener.NONE)
		.take(TestInstances.instances(100, 100));

	@Test
	void picksAreRecordedFromTheFirstQuestionOn() {
		this.selector.pick();
		assertThat(last(10)).isEmpty();
		this.selector.pick();
		assertThat(last(10)).singleElement().satisfies((pick) -> {
			assertThat(pick.reason()).isEqualTo("the algorithm's choice");
			assertThat(pick.attempt()).isEqualTo(1);
			assertThat(pick.at()).isEqualTo(NOW);
		});
	}

	@Test
	void algorithmThatReadsBodiesSaysWhy() {
		last(1);
		RequestLoad load = new RequestLoad() {

			@Override
			public AttemptLoad start(InstanceState instance) {
				throw new IllegalStateException("isn't counted");
			}

			@Override
			public String reason() {
				return "nothing waits there";
			}

		};
		this.selector.picks.start(TriedInstances.none(), null, load);
		assertThat(last(1)).singleElement()
			.extracting(PickDescription::reason)
			.isEqualTo("the algorithm's choice: nothing waits there");
	}

	@Test
	void newestPickIsFirstAndNoMoreAreToldThanAskedFor() {
		last(1);
		this.selector.pick();
		this.selector.pass(Duration.ofSeconds(1));
		String newest = this.selector.pick().address();
		assertThat(last(2)).extracting(PickDescription::at).containsExactly(NOW, NOW.minusSeconds(1));
		assertThat(last(1)).extracting(PickDescription::address).containsExactly(newest);
	}

	@Test
	void oldPicksAreForgotten() {
		last(1);
		for (int n = 0; n < 2 * PickDescription.MOST + 1; n++) {
			this.selector.pick();
		}
		assertThat(last(10_000)).hasSize(PickDescription.MOST);
	}

	@Test
	void recordingEndsAMinuteAfterTheLastQuestion() {
		last(1);
		this.selector.pass(Duration.ofSeconds(60));
		this.selector.pick();
		assertThat(last(10)).hasSize(1);
		this.selector.pass(Duration.ofSeconds(61));
		this.selector.pick();
		assertThat(last(10)).isEmpty();
	}

	@Test
	void pickAllocatesNothingWhileNobodyAsks() {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		this.selector.pick();
		long before = threads.getCurrentThreadAllocatedBytes();
		for (int n = 0; n < 10_000; n++) {
			this.selector.pick();
		}
		assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
	}

	@Test
	void furtherAttemptAndTrialSaySo() {
		last(1);
		TriedInstances tried = new TriedInstances();
		tried.add(this.selector.pick());
		this.selector.start(tried).end(Outcome.UNREACHABLE);
		assertThat(last(1)).extracting(PickDescription::reason, PickDescription::attempt)
			.containsExactly(tuple("the algorithm's choice among the instances that the call has not tried", 2));
		this.selector.pass(Duration.ofMinutes(1));
		this.selector.pick();
		this.selector.pick();
		assertThat(last(2)).extracting(PickDescription::reason).contains("the trial of an ejected instance");
	}

	@Test
	void lastResortSaysSo() {
		last(1);
		TriedInstances tried = new TriedInstances();
		TrackedAttempt dead = this.selector.start();
		dead.end(Outcome.UNREACHABLE);
		tried.add(this.selector.pick());
		assertThat(this.selector.start(tried).instance()).isEqualTo(dead.instance());
		assertThat(last(1)).extracting(PickDescription::reason)
			.containsExactly("ejected, but the call has tried all others");
		tried.add(dead.instance());
		this.selector.start(tried);
		assertThat(last(1)).extracting(PickDescription::reason)
			.containsExactly("tried before, but there is no other instance");
	}

	private List<PickDescription> last(int count) {
		return this.selector.picks.lastPicks(count, NOW);
	}

}
