package io.eas.loadbalancer.selection;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

import io.eas.discovery.probe.ProbeState;
import io.eas.discovery.probe.Verdict;
import io.eas.instance.EasInstance;
import io.eas.instance.TestInstances;
import io.eas.loadbalancer.EjectionListener;
import io.eas.loadbalancer.EjectionSettings;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.weighted.WeightedRoundRobin;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What people are told of an instance.
 */
class InstanceDescriptionTests {

	private static final Instant NOW = Instant.parse("2026-11-26T03:00:00Z");

	private static final Duration SLOW_START = Duration.ofSeconds(10);

	private TestSelector selector = selector(Duration.ZERO, 50, 100, 100, 100, 100);

	@Test
	void instancesAreLiveBeforeTheFirstPick() {
		List<EasInstance> listed = TestInstances.instances(100, 0);
		TestSelector unused = new TestSelector(new WeightedRoundRobin(new Random(1)), EjectionSettings.DEFAULTS,
				Duration.ZERO, EjectionListener.NONE)
			.take(listed);
		assertThat(unused.picks.describe(unused.cache.current(), NOW))
			.extracting(InstanceDescription::address, InstanceDescription::weight, InstanceDescription::state)
			.containsExactly(tuple("10.0.0.0:8501", 100, "live"), tuple("10.0.0.1:8501", 0, "drained"));
		assertThat(unused.picks.describe(null, NOW)).isEmpty();
	}

	@Test
	void liveInstanceHasNothingButItsAttemptsAndLatency() {
		TrackedAttempt attempt = start(0);
		TrackedAttempt other = start(0);
		this.selector.pass(Duration.ofMillis(12));
		other.end(Outcome.ANSWERED);
		assertThat(describe(0)).isEqualTo(new InstanceDescription("10.0.0.0:8501", 100, "live", null, null, null, null,
				null, null, null, 1, 12.0, null, null, null, null));
		attempt.end(Outcome.ANSWERED);
	}

	@Test
	void lastFailureSaysWhatAndHowLongAgo() {
		assertThat(describe(0).lastFailure()).isNull();
		TrackedAttempt attempt = start(0);
		attempt.failing("no connection: refused");
		attempt.end(Outcome.UNREACHABLE);
		this.selector.pass(Duration.ofSeconds(7));
		start(0).end(Outcome.ANSWERED);
		assertThat(describe(0).lastFailure()).isEqualTo(
				new InstanceDescription.Failure("no connection: refused", "unreachable", NOW.minusSeconds(7), 7));
	}

	@Test
	void lastFailureHasTheStatusOrElseTheOutcomeInWords() {
		TrackedAttempt attempt = start(0);
		attempt.answering(503, "POST", "/");
		attempt.end(Outcome.FAILED);
		assertThat(failure(0)).isEqualTo("status 503");
		start(0).end(Outcome.FAILED);
		assertThat(failure(0)).isEqualTo("no answer in time");
		start(0).end(Outcome.BUSY);
		assertThat(failure(0)).isEqualTo("the instance's queue is full");
	}

	@Test
	void errorOfTheModelIsALastFailureAlthoughTheInstanceAnswers() {
		TrackedAttempt attempt = start(0);
		attempt.answering(500, "POST", "/");
		attempt.end(Outcome.ANSWERED);
		assertThat(failure(0)).isEqualTo("status 500");
	}

	@Test
	void cancelledAttemptIsNoFailure() {
		start(0).end(Outcome.CANCELLED);
		TrackedAttempt bad = start(0);
		bad.answering(400, "POST", "/");
		bad.end(Outcome.ANSWERED);
		assertThat(describe(0).lastFailure()).isNull();
	}

	@Test
	void allInstancesOfADrainedServiceAreLive() {
		this.selector = selector(Duration.ZERO, 50, 0, 0);
		assertThat(describe(0).state()).isEqualTo("live");
	}

	@Test
	void ejectedInstanceShowsWhyHowOftenAndUntilWhen() {
		fail(0);
		this.selector.pass(Duration.ofSeconds(1));
		InstanceDescription ejected = describe(0);
		assertThat(ejected.state()).isEqualTo("ejected");
		assertThat(ejected.cause()).isEqualTo("failures");
		assertThat(ejected.reason()).isEqualTo("3 failure(s) in a row");
		assertThat(ejected.ejections()).isEqualTo(1);
		assertThat(ejected.since()).isEqualTo(NOW.minusSeconds(1));
		assertThat(ejected.until()).isBetween(NOW.plusSeconds(3), NOW.plusSeconds(4));
		assertThat(ejected.failureRate()).isBetween(0.05, 0.15);
		assertThat(ejected.used()).isNull();
	}

	@Test
	void failuresWithAStatusNameTheLastOne() {
		for (int status : new int[] { 502, 504, 503 }) {
			TrackedAttempt attempt = start(0);
			attempt.answering(status, "POST", "/p");
			attempt.end(Outcome.FAILED);
		}
		assertThat(describe(0).reason()).isEqualTo("3 failure(s) in a row, the last: status 503");
	}

	@Test
	void timeoutAfterTheHeadersNamesNoStatus() {
		for (int n = 0; n < 3; n++) {
			TrackedAttempt attempt = start(0);
			attempt.answering(200, "POST", "/p");
			attempt.end(Outcome.FAILED);
		}
		assertThat(describe(0).reason()).isEqualTo("3 failure(s) in a row");
	}

	@Test
	void instanceIsOnTrialWhileOneAttemptFindsOut() {
		fail(0);
		this.selector.pass(Duration.ofSeconds(5));
		assertThat(describe(0).state()).isEqualTo("ejected");
		TrackedAttempt trial = start(0);
		InstanceDescription tried = describe(0);
		assertThat(tried.state()).isEqualTo("on-trial");
		assertThat(tried.since()).isEqualTo(NOW);
		assertThat(tried.until()).isAfter(NOW);
		trial.end(Outcome.ANSWERED);
		assertThat(describe(0).state()).isEqualTo("live");
	}

	@Test
	void overloadedInstanceIsAvoidedForAMoment() {
		start(0).end(Outcome.BUSY);
		InstanceDescription avoided = describe(0);
		assertThat(avoided.state()).isEqualTo("avoided");
		assertThat(avoided.cause()).isEqualTo("overload");
		assertThat(avoided.until()).isEqualTo(NOW.plusMillis(100));
		this.selector.pass(Duration.ofMillis(100));
		assertThat(describe(0).state()).isEqualTo("live");
	}

	@Test
	void suspectedInstanceThatMayNotBeEjectedIsAvoided() {
		this.selector = selector(Duration.ZERO, 25, 100, 100, 100, 100);
		fail(0);
		fail(1);
		assertThat(describe(0).state()).isEqualTo("ejected");
		assertThat(describe(1).state()).isEqualTo("avoided");
		assertThat(describe(1).cause()).isEqualTo("suspicion");
	}

	@Test
	void ejectedInstanceThatIsUsedNeverthelessSaysSo() {
		fail(0);
		fail(1);
		this.selector.take(TestInstances.instances(100, 100, 100));
		assertThat(describe(0).state()).isEqualTo("ejected");
		assertThat(describe(0).used()).isTrue();
	}

	@Test
	void newInstanceIsInSlowStart() {
		this.selector = selector(SLOW_START, 50, 100);
		this.selector.take(TestInstances.instances(100, 100));
		InstanceDescription entered = describe(1);
		assertThat(describe(0).state()).isEqualTo("live");
		assertThat(entered.state()).isEqualTo("slow-start");
		assertThat(entered.until()).isEqualTo(NOW.plus(SLOW_START));
		this.selector.pass(SLOW_START);
		assertThat(describe(1).state()).isEqualTo("live");
	}

	@Test
	void instanceThatDiscoveryOmitsSaysSo() {
		this.selector.take(List.of(TestInstances.instance(0, 100), new EasInstance("10.0.0.1", 8501, 100, true)));
		assertThat(describe(0).omitted()).isNull();
		assertThat(describe(1).omitted()).isTrue();
	}

	@Test
	void probesAddTheirVerdict() {
		ProbeState failing = new ProbeState(Verdict.FAILING, "connection refused");
		InstanceDescription used = describe(0).with(failing);
		assertThat(used.state()).isEqualTo("live");
		assertThat(used.probe()).isEqualTo("failing");
		assertThat(used.probeResult()).isEqualTo("connection refused");
		InstanceDescription unused = InstanceDescription.unused(TestInstances.instance(0, 7), failing);
		assertThat(unused.state()).isEqualTo("failing");
		assertThat(unused.weight()).isEqualTo(7);
		assertThat(unused.probeResult()).isEqualTo("connection refused");
	}

	private static org.assertj.core.groups.Tuple tuple(Object... values) {
		return org.assertj.core.groups.Tuple.tuple(values);
	}

	private static TestSelector selector(Duration slowStart, int maxPercent, int... weights) {
		TestSelector selector = new TestSelector(new WeightedRoundRobin(new Random(1)),
				EjectionSettings.builder().maxPercent(maxPercent).build(), slowStart, EjectionListener.NONE)
			.take(TestInstances.instances(weights));
		selector.pick();
		return selector;
	}

	private InstanceDescription describe(int index) {
		return this.selector.picks.describe(null, NOW).get(index);
	}

	private String failure(int index) {
		InstanceDescription.Failure failure = describe(index).lastFailure();
		return (failure != null) ? failure.what() : "";
	}

	private void fail(int index) {
		for (int n = 0; n < EjectionSettings.DEFAULTS.consecutiveFailures(); n++) {
			start(index).end(Outcome.FAILED);
		}
	}

	private TrackedAttempt start(int index) {
		this.selector.state(index).claim(this.selector.now.get());
		return this.selector.picks.begin(this.selector.state(index));
	}

}
