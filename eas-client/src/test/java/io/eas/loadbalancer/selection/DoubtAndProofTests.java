package io.eas.loadbalancer.selection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.eas.instance.EasInstance;
import io.eas.instance.TestInstances;
import io.eas.loadbalancer.EjectionListener;
import io.eas.loadbalancer.EjectionSettings;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.weighted.WeightedRoundRobin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What proves that an instance can't be used, what only makes that doubtful, and what
 * says nothing.
 */
class DoubtAndProofTests {

	private static final Duration BASE = Duration.ofSeconds(5);

	private final List<String> events = new ArrayList<>();

	private final List<String> avoided = new ArrayList<>();

	private TestSelector picks = picks(50, 100, 100, 100);

	@Test
	void deadInstanceIsEjectedWhateverItsShare() {
		this.picks = picks(0, 1, 10, 100);
		end(2, Outcome.UNREACHABLE);
		assertThat(used()).containsExactlyInAnyOrder(0, 1);
		end(1, Outcome.UNREACHABLE);
		assertThat(used()).containsExactly(0);
	}

	@Test
	void consecutiveBrokenConnectionsEjectInstanceWhateverItsShare() {
		this.picks = picks(0, 1, 10, 100);
		end(2, Outcome.BROKEN);
		end(2, Outcome.BROKEN);
		assertThat(used()).containsExactlyInAnyOrder(0, 1, 2);
		end(2, Outcome.BROKEN);
		assertThat(used()).containsExactlyInAnyOrder(0, 1);
		assertThat(this.events).singleElement().asString().contains("BROKEN_CONNECTIONS");
	}

	@Test
	void brokenConnectionsFromBeforeTheEjectionDoNotProlongIt() {
		List<TrackedAttempt> early = attempts(0, 6);
		early.forEach((attempt) -> attempt.end(Outcome.BROKEN));
		assertThat(this.events).hasSize(1);
		this.picks.pass(BASE);
		assertThat(trial()).isNotNull();
	}

	@Test
	void lastInstanceInUseIsNeverEjected() {
		end(0, Outcome.UNREACHABLE);
		end(1, Outcome.UNREACHABLE);
		end(2, Outcome.UNREACHABLE);
		assertThat(used()).containsExactly(2);
	}

	@Test
	void singleInstanceInDoubtMayBeEjectedWhateverItsShare() {
		this.picks = picks(50, 1, 10, 100);
		fail(2);
		assertThat(used()).containsExactlyInAnyOrder(0, 1);
		fail(1);
		this.picks.pass(Duration.ofSeconds(2));
		assertThat(used()).as("only one").containsExactlyInAnyOrder(0, 1);
	}

	@Test
	void instanceInDoubtThatMayNotBeEjectedIsAvoided() {
		fail(0);
		long expected = 100;
		for (int n = 0; n < 6; n++) {
			fail(1);
			this.picks.pass(Duration.ofMillis(expected - 1));
			assertThat(used()).as("for %d ms", expected).containsExactly(2);
			this.picks.pass(Duration.ofMillis(1));
			assertThat(used()).containsExactlyInAnyOrder(1, 2);
			expected = Math.min(2 * expected, 2000);
		}
		assertThat(this.events).hasSize(1);
		assertThat(this.avoided).as("told once a minute").hasSize(1);
		end(1, Outcome.ANSWERED);
		fail(2);
		assertThat(used()).containsExactly(1);
	}

	@Test
	void instanceWithHighFailureRateIsEjectedWithoutConsecutiveFailures() {
		assertThat(failuresInTurnsUntilEvent(1)).isBetween(8, 14);
		assertThat(this.events).singleElement()
			.asString()
			.contains("FAILURES")
			.contains("% of its last attempts failed");
		this.picks.pass(BASE);
		trial().end(Outcome.ANSWERED);
		assertThat(used()).contains(0);
		assertThat(failuresInTurnsUntilEvent(2)).as("known already").isBetween(4, 8);
	}

	private int failuresInTurnsUntilEvent(int event) {
		for (int failures = 1; failures <= 100; failures++) {
			end(0, (failures % 2 == 0) ? Outcome.BROKEN : Outcome.FAILED);
			if (this.events.size() >= event) {
				return failures;
			}
			end(0, Outcome.ANSWERED);
		}
		throw new AssertionError("never left out: " + this.picks.picks.states());
	}

	@Test
	void noInstanceIsEjectedIfAllFailEquallyOften() {
		Random random = new Random(7);
		for (int n = 0; n < 3000; n++) {
			this.picks.pass(Duration.ofMillis(1));
			// never three in a row
			end(n % 3, ((n / 3) % 3 != 0 && random.nextInt(10) < 4) ? Outcome.FAILED : Outcome.ANSWERED);
		}
		assertThat(this.events).isEmpty();
	}

	@Test
	void instanceThatSeldomFailsIsNotEjected() {
		for (int n = 0; n < 1000; n++) {
			end(0, (n % 6 == 0) ? Outcome.FAILED : Outcome.ANSWERED);
		}
		assertThat(this.events).isEmpty();
	}

	@Test
	void allowedNumberOfConsecutiveFailuresIsNoHighFailureRate() {
		this.picks = picks(
				SelectionSettings.of(new EjectionSettings(true, 20, BASE, Duration.ofMinutes(5), 50), Duration.ZERO),
				100, 100, 100);
		for (int n = 0; n < 19; n++) {
			end(0, Outcome.FAILED);
		}
		assertThat(this.events).isEmpty();
	}

	@Test
	void noInstanceIsEjectedOnSuspicionIfMaxPercentIsZero() {
		this.picks = picks(0, 100, 100, 100);
		fail(0);
		assertThat(used()).containsExactlyInAnyOrder(0, 1, 2);
	}

	@Test
	void shareInDoubtRefersToInstancesThatAreNotDead() {
		this.picks = picks(50, 100, 100, 100, 100);
		end(0, Outcome.UNREACHABLE);
		end(1, Outcome.UNREACHABLE);
		fail(2);
		assertThat(used()).containsExactly(3);
	}

	@Test
	void inPanicInstancesInDoubtAreUsedAgainButDeadOnesAreNot() {
		this.picks = picks(50, 100, 100, 100, 100, 100, 100);
		fail(0);
		fail(1);
		assertThat(used()).containsExactlyInAnyOrder(2, 3, 4, 5);
		end(2, Outcome.UNREACHABLE);
		end(3, Outcome.UNREACHABLE);
		assertThat(used()).containsExactlyInAnyOrder(4, 5);
		end(4, Outcome.UNREACHABLE);
		assertThat(used()).containsExactlyInAnyOrder(0, 1, 5);
	}

	@Test
	void instanceInDoubtThatTurnsOutToBeDeadCountsAsDead() {
		this.picks = picks(50, 100, 100, 100, 100);
		fail(0);
		fail(1);
		this.picks.take(TestInstances.instances(100, 100, 100));
		assertThat(used()).as("panic").containsExactlyInAnyOrder(0, 1, 2);
		this.picks.pass(Duration.ofMillis(1));
		end(0, Outcome.UNREACHABLE);
		assertThat(used()).containsExactlyInAnyOrder(2);
	}

	@Test
	void staleConnectionIsNoFailure() {
		for (int n = 0; n < 10; n++) {
			end(0, Outcome.STALE);
		}
		assertThat(this.events).isEmpty();
		end(0, Outcome.BROKEN);
		end(0, Outcome.STALE);
		end(0, Outcome.BROKEN);
		end(0, Outcome.BROKEN);
		assertThat(this.events).hasSize(1);
	}

	@Test
	void instanceThatBreaksEachPooledConnectionIsEjected() {
		for (int n = 0; n < 40 && this.events.isEmpty(); n++) {
			end(0, Outcome.STALE);
			end(0, Outcome.ANSWERED);
		}
		assertThat(this.events).singleElement().asString().contains("% of its last attempts failed");
	}

	@Test
	void trialOverStaleConnectionIsFollowedByAnotherAtOnce() {
		end(0, Outcome.UNREACHABLE);
		this.picks.pass(BASE);
		trial().end(Outcome.STALE);
		trial().end(Outcome.ANSWERED);
		assertThat(used()).containsExactlyInAnyOrder(0, 1, 2);
	}

	@Test
	void callTriesInstancesInUseThenInDoubtThenDeadOnes() {
		this.picks = picks(50, 100, 100, 100, 100, 100);
		end(0, Outcome.UNREACHABLE);
		this.picks.pass(Duration.ofMillis(1));
		end(1, Outcome.UNREACHABLE);
		fail(2);
		TriedInstances tried = new TriedInstances();
		List<Integer> order = Stream.generate(() -> next(tried)).limit(5).toList();
		assertThat(order.subList(0, 2)).containsExactlyInAnyOrder(3, 4);
		assertThat(order.subList(2, 5)).containsExactly(2, 0, 1);
	}

	@Test
	void lastResortCallsAreSpreadOverDeadInstances() {
		this.picks = picks(50, 100, 100, 100, 100);
		for (int index = 0; index < 3; index++) {
			end(index, Outcome.UNREACHABLE);
		}
		TriedInstances tried = new TriedInstances();
		tried.add(TestInstances.instance(3, 100));
		List<Integer> picked = Stream.generate(() -> TestSelector.index(this.picks.start(tried).instance()))
			.limit(6)
			.toList();
		assertThat(picked).containsExactly(0, 1, 2, 0, 1, 2);
	}

	@Test
	void lastResortResponseRestoresInstanceAndFailureDoesNotProlongEjection() {
		end(0, Outcome.UNREACHABLE);
		end(1, Outcome.UNREACHABLE);
		this.picks.pass(Duration.ofMillis(1));
		end(0, Outcome.UNREACHABLE);
		assertThat(this.events).hasSize(2);
		end(0, Outcome.ANSWERED);
		assertThat(used()).containsExactlyInAnyOrder(0, 2);
	}

	@Test
	void eachFullQueueDoublesTheTimeAnInstanceIsAvoided() {
		long expected = 100;
		for (int n = 0; n < 8; n++) {
			end(0, Outcome.BUSY);
			this.picks.pass(Duration.ofMillis(expected - 1));
			assertThat(used()).as("for %d ms", expected).containsExactlyInAnyOrder(1, 2);
			this.picks.pass(Duration.ofMillis(1));
			assertThat(used()).containsExactlyInAnyOrder(0, 1, 2);
			expected = Math.min(2 * expected, 2000);
		}
		end(0, Outcome.ANSWERED);
		end(0, Outcome.BUSY);
		this.picks.pass(Duration.ofMillis(100));
		assertThat(used()).containsExactlyInAnyOrder(0, 1, 2);
	}

	@Test
	void simultaneousFullQueueResponsesCountOnce() {
		List<TrackedAttempt> together = attempts(0, 5);
		together.forEach((attempt) -> attempt.end(Outcome.BUSY));
		this.picks.pass(Duration.ofMillis(100));
		assertThat(used()).contains(0);
	}

	@ParameterizedTest
	@EnumSource(names = { "ANSWERED", "BUSY" })
	void headersOfGoodResponseEndTheTrial(Outcome outcome) {
		fail(0);
		this.picks.pass(BASE);
		TrackedAttempt trial = trial();
		trial.answering(outcome);
		assertThat(used()).containsExactlyInAnyOrder(0, 1, 2);
		trial.end(Outcome.CANCELLED);
		assertThat(used()).containsExactlyInAnyOrder(0, 1, 2);
	}

	@Test
	void headersOfBadResponseEndTheTrialOnce() {
		fail(0);
		this.picks.pass(BASE);
		TrackedAttempt trial = trial();
		trial.answering(Outcome.FAILED);
		assertThat(this.events).hasSize(2);
		trial.end(Outcome.FAILED);
		assertThat(this.events).hasSize(2);
	}

	@Test
	void onlyReportingCallersGetATrial() {
		fail(0);
		this.picks.pass(BASE);
		for (int n = 0; n < 300; n++) {
			assertThat(this.picks.picks.pick(TriedInstances.none(), null, false)).isNotSameAs(state(0));
		}
		trial().end(Outcome.ANSWERED);
		assertThat(used()).contains(0);
	}

	@Test
	void trialWithoutReportedEndIsFollowedByAnother() {
		fail(0);
		this.picks.pass(BASE);
		trial();
		this.picks.pass(Duration.ofSeconds(10));
		trial().end(Outcome.ANSWERED);
		assertThat(used()).contains(0);
	}

	@Test
	void omittedInstanceIsEjectedByItsFirstFailure() {
		this.picks.take(List.of(omitted(0), TestInstances.instance(1, 100), TestInstances.instance(2, 100)));
		assertThat(used()).containsExactlyInAnyOrder(0, 1, 2);
		end(0, Outcome.FAILED);
		assertThat(used()).containsExactlyInAnyOrder(1, 2);
	}

	@Test
	void instanceWhoseConnectionsAreCheckedGetsNoTrial() {
		this.picks = picks(new SelectionSettings(settings(50), Duration.ZERO, Duration.ofSeconds(30), true), 100, 100,
				100);
		end(0, Outcome.UNREACHABLE);
		this.picks.pass(Duration.ofMinutes(10));
		assertThat(used()).containsExactlyInAnyOrder(1, 2);
		this.picks.picks.reachable(TestInstances.instance(1, 100));
		assertThat(used()).containsExactlyInAnyOrder(1, 2);
		this.picks.picks.reachable(TestInstances.instance(0, 100));
		trial().end(Outcome.ANSWERED);
		assertThat(used()).containsExactlyInAnyOrder(0, 1, 2);
	}

	@Test
	void stallLimitStaysBelowResponseTimeout() {
		this.picks = picks(new SelectionSettings(settings(50), Duration.ZERO, Duration.ofSeconds(2), false), 100, 100,
				100);
		begin(0).end(Outcome.CANCELLED);
		for (int n = 0; n < 100; n++) {
			TrackedAttempt slow = begin(1);
			this.picks.pass(Duration.ofMillis(900));
			slow.end(Outcome.ANSWERED);
		}
		assertThat(this.picks.picks.stallLimit(TestInstances.instance(0, 100)))
			.isEqualTo(Duration.ofSeconds(1).toNanos());
	}

	@Test
	void slowInstanceHasLongerStallLimit() {
		Supplier<Long> limit = () -> this.picks.picks.stallLimit(TestInstances.instance(0, 100));
		begin(0).end(Outcome.CANCELLED);
		TrackedAttempt slow = begin(0);
		for (int n = 0; n < 200; n++) {
			this.picks.pass(Duration.ofMillis(2));
			end(1, Outcome.ANSWERED);
		}
		slow.end(Outcome.ANSWERED);
		assertThat(limit.get()).isEqualTo(Duration.ofMillis(1200).toNanos());
		assertThat(this.picks.picks.stallLimit(TestInstances.instance(1, 100)))
			.isEqualTo(Duration.ofMillis(500).toNanos());
	}

	@Test
	void instanceThatDeniesWhatOthersAnswerIsEjected() {
		for (int n = 0; n < 2; n++) {
			answer(0, 404, "/predict?n=" + n);
			answer(1, 200, "/predict");
		}
		assertThat(this.events).isEmpty();
		answer(0, 404, "/predict");
		assertThat(this.events).singleElement()
			.asString()
			.contains("WRONG_ANSWERS")
			.contains("status 404")
			.contains("is another service at its address?");
		this.picks.pass(BASE);
		TrackedAttempt trial = trial();
		trial.answering(404, "POST", "/predict");
		trial.answering(Outcome.ANSWERED);
		trial.end(Outcome.ANSWERED);
		assertThat(used()).containsExactlyInAnyOrder(1, 2);
		this.picks.pass(BASE.multipliedBy(2));
		TrackedAttempt good = trial();
		good.answering(200, "POST", "/predict");
		good.end(Outcome.ANSWERED);
		assertThat(used()).containsExactlyInAnyOrder(0, 1, 2);
	}

	@Test
	void instanceThatStillDeniesIsNotRestored() {
		for (int n = 0; n < 3; n++) {
			answer(1, 200, "/predict");
			answer(0, 401, "/predict");
			answer(1, 200, "/predict");
		}
		assertThat(this.events).hasSize(1);
		this.picks.pass(Duration.ofMinutes(5));
		answer(1, 200, "/predict");
		TrackedAttempt trial = trial();
		trial.answering(401, "POST", "/predict");
		trial.answering(Outcome.ANSWERED);
		trial.end(Outcome.ANSWERED);
		assertThat(used()).containsExactlyInAnyOrder(1, 2);
	}

	@Test
	void instanceWithBrokenModelIsEjected() {
		for (int n = 0; n < 3; n++) {
			answer(0, 500, "/predict");
			answer(1, 200, "/predict");
		}
		answer(0, 500, "/predict");
		assertThat(this.events).singleElement()
			.asString()
			.contains("WRONG_ANSWERS")
			.contains("status 500")
			.contains("is the model broken there?");
	}

	@Test
	void pathDeniedBySeveralInstancesNeedsSevenTimesAsManyDenials() {
		for (int row = 1; row <= 21; row++) {
			assertThat(this.events).as("after %d", row - 1).isEmpty();
			answer(0, 500, "/predict");
			answer(1, (row % 2 == 1) ? 500 : 200, "/predict");
			answer(2, 200, "/predict");
		}
		assertThat(this.events).hasSize(1);
	}

	@Test
	void twoInstancesThatDenyWhatTheThirdAnswersAreNotUsed() {
		for (int n = 0; n < 21; n++) {
			answer(0, 404, "/predict");
			answer(1, 404, "/predict");
			answer(2, 200, "/predict");
		}
		answer(1, 404, "/predict");
		assertThat(used()).containsExactly(2);
	}

	@Test
	void pathThatOnlyOneInstanceHasDoesNotEjectTheOthers() {
		for (int n = 0; n < 60; n++) {
			answer(0, 404, "/v2");
			answer(1, 404, "/v2");
			answer(2, 200, "/v2");
			answer(n % 2, 200, "/v1");
		}
		assertThat(this.events).isEmpty();
	}

	@Test
	void pathsWithDifferentMethodsAreDistinct() {
		for (int n = 0; n < 60; n++) {
			answer(0, 405, "GET", "/predict");
			answer(1, 200, "POST", "/predict");
		}
		assertThat(this.events).isEmpty();
	}

	@Test
	void callIsOnlyMovedAfterTheDenialThatEjectsTheInstance() {
		end(0, Outcome.BUSY);
		for (int n = 0; n < 2; n++) {
			assertThat(answer(0, 404, "/predict").isMisplaced()).isFalse();
			answer(1, 200, "/predict");
		}
		assertThat(answer(0, 404, "/predict").isMisplaced()).isTrue();
	}

	@Test
	void denialOfPathDeniedByOthersDoesNotDecideTheTrial() {
		answer(1, 500, "/predict");
		answer(1, 200, "/predict");
		fail(0);
		this.picks.pass(BASE);
		TrackedAttempt trial = trial();
		answer(1, 200, "/predict");
		trial.answering(500, "POST", "/predict");
		assertThat(this.events).hasSize(1);
	}

	@Test
	void oneOfSeveralWaitingAttemptsExploresAnotherInstance() {
		measure();
		List<TrackedAttempt> waiting = attempts(0, 3);
		this.picks.pass(Duration.ofMillis(501));
		assertThat(waiting).filteredOn((attempt) -> explores(attempt, 501)).hasSize(1);
		TrackedAttempt moved = waiting.get(0);
		moved.end(Outcome.CANCELLED);
		TrackedAttempt elsewhere = begin(1);
		elsewhere.insteadOf(moved);
		elsewhere.answering(Outcome.BUSY);
		assertThat(this.events).as("a full queue is no better").isEmpty();
		elsewhere.answering(Outcome.ANSWERED);
		assertThat(this.events).singleElement()
			.asString()
			.contains("STALL")
			.contains("an attempt moved to another instance was answered");
	}

	@Test
	void instanceThatHasRespondedMeanwhileIsNotEjected() {
		measure();
		List<TrackedAttempt> waiting = attempts(0, 4);
		this.picks.pass(Duration.ofMillis(501));
		waiting.get(0).end(Outcome.CANCELLED);
		waiting.get(1).end(Outcome.ANSWERED);
		attempts(0, 3);
		this.picks.pass(Duration.ofMillis(501));
		TrackedAttempt elsewhere = begin(1);
		elsewhere.insteadOf(waiting.get(0));
		elsewhere.answering(Outcome.ANSWERED);
		assertThat(this.events).isEmpty();
	}

	@Test
	void singleWaitingAttemptExploresShortlyBeforeItsTimeout() {
		measure();
		TrackedAttempt alone = begin(0);
		this.picks.pass(Duration.ofMillis(3700));
		assertThat(explores(alone, 3700)).isFalse();
		this.picks.pass(Duration.ofMillis(100));
		assertThat(explores(alone, 3800)).isTrue();
		for (int n = 0; n < 3; n++) {
			TrackedAttempt moved = begin(0);
			moved.end(Outcome.CANCELLED);
			TrackedAttempt elsewhere = begin(1);
			elsewhere.insteadOf(moved);
			this.picks.pass(Duration.ofMillis(1));
			elsewhere.answering(Outcome.ANSWERED);
			elsewhere.end(Outcome.ANSWERED);
		}
		assertThat(this.events).singleElement().asString().contains("3 failure(s) in a row");
	}

	@Test
	void noAttemptExploresWithoutMeasurementOrWithoutEjections() {
		List<TrackedAttempt> waiting = attempts(0, 3);
		this.picks.pass(Duration.ofMillis(4900));
		assertThat(waiting).noneMatch((attempt) -> explores(attempt, 4900));
		this.picks = picks(0, 100, 100, 100);
		measure();
		List<TrackedAttempt> others = attempts(0, 3);
		this.picks.pass(Duration.ofMillis(4900));
		assertThat(others).noneMatch((attempt) -> explores(attempt, 4900));
	}

	/** Answers take no time. */
	private void measure() {
		for (int n = 0; n < 30; n++) {
			this.picks.pass(Duration.ofMillis(20));
			end(n % 3, Outcome.ANSWERED);
		}
	}

	private static boolean explores(TrackedAttempt attempt, int waitedMillis) {
		return attempt.mayExplore(Duration.ofMillis(waitedMillis).toNanos(), Duration.ofSeconds(5).toNanos());
	}

	@Test
	void pathThatNoInstanceHasEjectsNoInstance() {
		for (int n = 0; n < 20; n++) {
			answer(0, 404, "/missing");
			answer(1, 404, "/missing");
			answer(1, 200, "/predict");
		}
		assertThat(this.events).isEmpty();
	}

	@Test
	void instanceThatAnswersOtherPathsIsNotEjected() {
		for (int n = 0; n < 20; n++) {
			answer(0, 404, "/sessions/1");
			answer(1, 200, "/sessions/1");
			answer(0, 200, "/predict");
		}
		assertThat(this.events).isEmpty();
	}

	private TrackedAttempt answer(int index, int status, String path) {
		return answer(index, status, "POST", path);
	}

	private TrackedAttempt answer(int index, int status, String method, String path) {
		TrackedAttempt attempt = begin(index);
		attempt.answering(status, method, path);
		attempt.answering(Outcome.ANSWERED);
		attempt.end(Outcome.ANSWERED);
		this.picks.pass(Duration.ofMillis(1));
		return attempt;
	}

	private static EasInstance omitted(int index) {
		EasInstance instance = TestInstances.instance(index, 100);
		return new EasInstance(instance.host(), instance.port(), instance.weight(), true);
	}

	private int next(TriedInstances tried) {
		EasInstance instance = this.picks.start(tried).instance();
		tried.add(instance);
		return TestSelector.index(instance);
	}

	private void fail(int index) {
		attempts(index, 3).forEach((attempt) -> attempt.end(Outcome.FAILED));
	}

	private void end(int index, Outcome outcome) {
		begin(index).end(outcome);
	}

	private List<TrackedAttempt> attempts(int index, int count) {
		return Stream.generate(() -> begin(index)).limit(count).toList();
	}

	private TrackedAttempt begin(int index) {
		this.picks.pick();
		return this.picks.picks.begin(state(index));
	}

	private TrackedInstance state(int index) {
		return this.picks.picks.states()
			.stream()
			.filter((state) -> TestSelector.index(state.instance()) == index)
			.findFirst()
			.orElseThrow();
	}

	/** The one call that goes to instance 0. */
	private TrackedAttempt trial() {
		for (int n = 0; n < 100; n++) {
			TrackedAttempt attempt = this.picks.start();
			if (TestSelector.index(attempt.instance()) == 0) {
				return attempt;
			}
			attempt.end(Outcome.CANCELLED);
		}
		throw new AssertionError("no call goes to the first instance: " + this.picks.picks.states());
	}

	private Set<Integer> used() {
		Set<Integer> used = new HashSet<>();
		for (int n = 0; n < 300; n++) {
			used.add(TestSelector.index(this.picks.picks.pick(TriedInstances.none(), null, false).instance()));
		}
		return used;
	}

	private static EjectionSettings settings(int maxPercent) {
		return new EjectionSettings(true, 3, BASE, Duration.ofMinutes(5), maxPercent);
	}

	private TestSelector picks(int maxPercent, int... weights) {
		return picks(SelectionSettings.of(settings(maxPercent), Duration.ZERO), weights);
	}

	private TestSelector picks(SelectionSettings settings, int... weights) {
		TestSelector selector = new TestSelector(new WeightedRoundRobin(new Random(1)), settings,
				new EjectionListener() {

					@Override
					public void ejected(EasInstance instance, Cause cause, String reason, Duration time,
							boolean again) {
						DoubtAndProofTests.this.events.add(instance.address() + " out: " + cause + ", " + reason);
					}

					@Override
					public void avoided(EasInstance instance, Cause cause, String reason) {
						DoubtAndProofTests.this.avoided.add(instance.address());
					}

					@Override
					public void restored(EasInstance instance) {
						// shows by its picks
					}

				})
			.take(TestInstances.instances(weights));
		selector.pick();
		return selector;
	}

}
