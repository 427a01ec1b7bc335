package io.eas.loadbalancer.selection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.eas.instance.EasInstance;
import io.eas.instance.TestInstances;
import io.eas.loadbalancer.EjectionListener;
import io.eas.loadbalancer.EjectionSettings;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.weighted.WeightedRoundRobin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What an operator ejects, and takes back.
 */
class ManualEjectionTests {

	private static final Duration TIME = Duration.ofMinutes(1);

	private final List<String> events = new ArrayList<>();

	private TestSelector selector = selector(true, 100, 100, 100);

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void instanceIsEjectedForTheGivenTimeEvenIfEjectionsAreDisabled(boolean enabled) {
		this.selector = selector(enabled, 100, 100, 100);
		eject(0, TIME);
		assertThat(this.events).containsExactly("10.0.0.0:8501 MANUAL PT1M");
		this.selector.pass(TIME.minusMillis(1));
		assertThat(picked()).doesNotContain(0).contains(1, 2);
		this.selector.pass(Duration.ofMillis(1));
		assertThat(picked()).contains(0);
	}

	@Test
	void withoutTimeTheLongestEjectionApplies() {
		eject(0, null);
		assertThat(this.events).containsExactly("10.0.0.0:8501 MANUAL PT5M");
	}

	@Test
	void instanceIsEjectedBeforeTheFirstCallToo() {
		TestSelector unused = unused(true).take(TestInstances.instances(100, 100));
		unused.picks.eject(TestInstances.instance(0, 100), TIME);
		assertThat(unused.state(0).ejectionState()).isInstanceOf(EjectionState.Ejected.class);
	}

	@Test
	void shareOfInstancesIsNotLimited() {
		eject(0, TIME);
		eject(1, TIME);
		assertThat(picked()).containsOnly(2);
	}

	@Test
	void lastInstanceInUseIsNotEjected() {
		eject(0, TIME);
		eject(1, TIME);
		assertThatIllegalStateException().isThrownBy(() -> eject(2, TIME))
			.withMessage("10.0.0.2:8501 is the last instance in use, which is never ejected");
		assertThat(picked()).containsOnly(2);
		eject(1, TIME);
	}

	@Test
	void instanceWithoutTrafficIsNotEjected() {
		this.selector = selector(true, 100, 100, 0);
		assertThatIllegalStateException().isThrownBy(() -> eject(2, TIME))
			.withMessage("10.0.0.2:8501 gets no calls, since its weight is 0");
	}

	@Test
	void instancesOfADrainedServiceAreEjectedButTheLastOne() {
		this.selector = selector(true, 0, 0);
		eject(0, TIME);
		assertThat(picked()).containsOnly(1);
		assertThatIllegalStateException().isThrownBy(() -> eject(1, TIME))
			.withMessage("10.0.0.1:8501 is the last instance in use, which is never ejected");
	}

	@Test
	void unknownInstanceIsReported() {
		assertThatIllegalArgumentException().isThrownBy(() -> eject(7, TIME))
			.withMessage("10.0.0.7:8501 is not among the instances that calls go to");
		assertThatIllegalArgumentException().isThrownBy(() -> restore(7));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> unused(true).picks.eject(TestInstances.instance(0, 1), TIME));
	}

	@Test
	void responsesDoNotEndTheEjectionBeforeItsTrial() {
		TrackedAttempt before = begin(0);
		eject(0, TIME);
		before.end(Outcome.ANSWERED);
		begin(0).end(Outcome.ANSWERED);
		assertThat(picked()).doesNotContain(0);
		this.selector.pass(TIME);
		trial(0).end(Outcome.ANSWERED);
		assertThat(describe(0).state()).isEqualTo("live");
	}

	@Test
	void failedTrialEjectsAgainAsForTheFirstTime() {
		eject(0, TIME);
		this.selector.pass(TIME);
		trial(0).end(Outcome.FAILED);
		assertThat(describe(0).cause()).isEqualTo("failures");
		assertThat(describe(0).ejections()).isEqualTo(1);
	}

	@Test
	void failuresOfEarlierAttemptsDoNotChangeTheCause() {
		TrackedAttempt before = begin(0);
		eject(0, TIME);
		before.end(Outcome.UNREACHABLE);
		assertThat(describe(0).cause()).isEqualTo("manual");
	}

	@Test
	void manualEjectionReplacesAnotherOne() {
		begin(0).end(Outcome.UNREACHABLE);
		eject(0, TIME);
		assertThat(describe(0).cause()).isEqualTo("manual");
		this.selector.pass(Duration.ofSeconds(30));
		assertThat(picked()).doesNotContain(0);
	}

	@Test
	void ejectedInstanceRemainsTheLastResortOfACall() {
		eject(0, TIME);
		TriedInstances tried = new TriedInstances();
		tried.add(TestInstances.instance(1, 100));
		tried.add(TestInstances.instance(2, 100));
		TrackedAttempt attempt = this.selector.start(tried);
		assertThat(attempt.instance()).isEqualTo(TestInstances.instance(0, 100));
		attempt.end(Outcome.ANSWERED);
		assertThat(describe(0).state()).isEqualTo("ejected");
	}

	@Test
	void restoredInstanceIsUsedAtOnce() {
		eject(0, TIME);
		restore(0);
		assertThat(picked()).contains(0);
		assertThat(this.events).containsExactly("10.0.0.0:8501 MANUAL PT1M", "10.0.0.0:8501 restored");
	}

	@Test
	void instanceThatWasEjectedForFailuresIsRestoredToo() {
		begin(0).end(Outcome.UNREACHABLE);
		restore(0);
		assertThat(picked()).contains(0);
	}

	@Test
	void avoidedInstanceIsUsedAgainAndOneInUseStaysSo() {
		begin(0).end(Outcome.BUSY);
		restore(0);
		restore(1);
		assertThat(describe(0).state()).isEqualTo("live");
		assertThat(describe(1).state()).isEqualTo("live");
		assertThat(this.events).isEmpty();
	}

	private TestSelector selector(boolean enabled, int... weights) {
		TestSelector made = unused(enabled).take(TestInstances.instances(weights));
		made.pick();
		return made;
	}

	private TestSelector unused(boolean enabled) {
		EjectionListener listener = new EjectionListener() {

			@Override
			public void ejected(EasInstance instance, Cause cause, String reason, Duration time, boolean again) {
				ManualEjectionTests.this.events.add(instance.address() + " " + cause + " " + time);
			}

			@Override
			public void restored(EasInstance instance) {
				ManualEjectionTests.this.events.add(instance.address() + " restored");
			}

		};
		return new TestSelector(new WeightedRoundRobin(new Random(1)),
				EjectionSettings.builder().enabled(enabled).build(), Duration.ZERO, listener);
	}

	private void eject(int index, Duration time) {
		this.selector.picks.eject(TestInstances.instance(index, 100), time);
	}

	private void restore(int index) {
		this.selector.picks.restore(TestInstances.instance(index, 100));
	}

	private InstanceDescription describe(int index) {
		return this.selector.picks.describe(null, Instant.EPOCH).get(index);
	}

	private TrackedAttempt begin(int index) {
		return this.selector.picks.begin(this.selector.state(index));
	}

	private TrackedAttempt trial(int index) {
		assertThat(this.selector.state(index).claim(this.selector.now.get())).isTrue();
		return begin(index);
	}

	private List<Integer> picked() {
		return IntStream.range(0, 30).mapToObj((n) -> TestSelector.index(this.selector.pick())).distinct().toList();
	}

}
