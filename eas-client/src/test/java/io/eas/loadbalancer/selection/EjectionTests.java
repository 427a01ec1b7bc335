package io.eas.loadbalancer.selection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
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
 * Who is left out, for how long, and who is taken back.
 */
class EjectionTests {

	private static final Duration BASE = Duration.ofSeconds(5);

	private final List<String> events = new ArrayList<>();

	private TestSelector picks = picks(EjectionSettings.DEFAULTS, Duration.ZERO, 100, 100, 100);

	@Test
	void threeFailuresInARowEjectAnInstanceForItsBaseTime() {
		end(0, Outcome.FAILED);
		end(0, Outcome.FAILED);
		assertThat(used()).containsExactlyInAnyOrder(0, 1, 2);
		end(0, Outcome.FAILED);
		assertThat(used()).containsExactlyInAnyOrder(1, 2);
		this.picks.pass(BASE.multipliedBy(4).dividedBy(5).minusMillis(1));
		assertThat(used()).containsExactlyInAnyOrder(1, 2);
		assertThat(this.events).hasSize(1);
		assertThat(this.events.get(0)).startsWith("10.0.0.0:8501 out: 3 failure(s) in a row, ");
	}

	@Test
	void responseResetsConsecutiveFailures() {
		end(0, Outcome.FAILED);
		end(0, Outcome.FAILED);
		end(0, Outcome.ANSWERED);
		end(0, Outcome.FAILED);
		end(0, Outcome.FAILED);
		assertThat(used()).containsExactlyInAnyOrder(0, 1, 2);
	}

	@ParameterizedTest
	@EnumSource(names = { "ANSWERED", "BUSY", "POOL_EXHAUSTED", "CANCELLED" })
	void outcomeThatIsNoFailureDoesNotEject(Outcome outcome) {
		for (int n = 0; n < 100; n++) {
			end(0, outcome);
		}
		this.picks.pass(Duration.ofMillis(100));
		assertThat(used()).containsExactlyInAnyOrder(0, 1, 2);
		assertThat(this.events).isEmpty();
	}

	@Test
	void refusedConnectionEjectsInstanceAtOnceForAShortTime() {
		end(1, Outcome.UNREACHABLE);
		assertThat(used()).containsExactlyInAnyOrder(0, 2);
		this.picks.pass(BASE.dividedBy(5));
		assertThat(used()).containsExactlyInAnyOrder(0, 1, 2);
	}

	@ParameterizedTest
	@EnumSource(names = { "BUSY", "POOL_EXHAUSTED" })
	void fullInstanceIsAvoidedForAMoment(Outcome outcome) {
		end(1, outcome);
		assertThat(used()).containsExactlyInAnyOrder(0, 2);
		this.picks.pass(Duration.ofMillis(100));
		assertThat(used()).containsExactlyInAnyOrder(0, 1, 2);
	}

	@Test
	void poolExhaustionIsNoResponse() {
		end(0, Outcome.FAILED);
		end(0, Outcome.FAILED);
		end(0, Outcome.POOL_EXHAUSTED);
		end(0, Outcome.FAILED);
		assertThat(this.events).hasSize(1);
		this.picks.pass(BASE);
		trial(0).end(Outcome.POOL_EXHAUSTED);
		assertThat(used()).containsExactlyInAnyOrder(1, 2);
		assertThat(this.events).hasSize(1);
	}

	@Test
	void poolExhaustionDoesNotEndASilence() {
		List<TrackedAttempt> stuck = List.of(flightTo(0), flightTo(0), flightTo(0));
		for (int n = 0; n < 60; n++) {
			this.picks.pass(Duration.ofMillis(10));
			end(1, Outcome.ANSWERED);
			end(0, Outcome.POOL_EXHAUSTED);
		}
		assertThat(this.events).hasSize(1);
		stuck.forEach((flight) -> flight.end(Outcome.CANCELLED));
	}

	@Test
	void poolExhaustionIsNoResponseTimeSample() {
		end(1, Outcome.ANSWERED);
		TrackedAttempt crowded = flightTo(0);
		this.picks.pass(Duration.ofSeconds(1));
		crowded.end(Outcome.POOL_EXHAUSTED);
		assertThat(state(0).latency()).isZero();
	}

	@Test
	void allInstancesAreUsedIfAllQueuesAreFull() {
		for (int index = 0; index < 3; index++) {
			end(index, Outcome.BUSY);
		}
		assertThat(used()).containsExactlyInAnyOrder(0, 1, 2);
	}

	@Test
	void oneTrialIsAdmittedAfterTheEjectionTime() {
		eject(0);
		this.picks.pass(BASE);
		List<TrackedAttempt> flights = flights(300);
		assertThat(flights).filteredOn((flight) -> TestSelector.index(flight.instance()) == 0).hasSize(1);
	}

	@Test
	void responseToTheTrialRestoresTheInstance() {
		eject(0);
		this.picks.pass(BASE);
		trial(0).end(Outcome.ANSWERED);
		assertThat(used()).containsExactlyInAnyOrder(0, 1, 2);
		assertThat(this.events).last().isEqualTo("10.0.0.0:8501 back");
	}

	@Test
	void failedTrialDoublesTheEjectionTimeUpToTheMaximum() {
		eject(0);
		Duration time = BASE;
		for (int n = 0; n < 10; n++) {
			this.picks.pass(time);
			trial(0).end(Outcome.FAILED);
			time = (time.compareTo(Duration.ofSeconds(150)) < 0) ? time.multipliedBy(2) : Duration.ofMinutes(5);
			this.picks.pass(time.multipliedBy(4).dividedBy(5).minusMillis(1));
			assertThat(used()).as("ejection %d", n + 2).containsExactlyInAnyOrder(1, 2);
			this.picks.pass(time.dividedBy(5).plusMillis(1).negated().plus(time.dividedBy(5)));
		}
	}

	@Test
	void trialWithoutResultIsFollowedByAnotherAfterTheSameTime() {
		eject(0);
		this.picks.pass(BASE);
		trial(0).end(Outcome.CANCELLED);
		this.picks.pass(BASE.multipliedBy(4).dividedBy(5).minusMillis(1));
		assertThat(used()).containsExactlyInAnyOrder(1, 2);
		this.picks.pass(BASE.dividedBy(5).plusMillis(1));
		trial(0).end(Outcome.ANSWERED);
		assertThat(used()).containsExactlyInAnyOrder(0, 1, 2);
	}

	@Test
	void responseToAttemptFromBeforeTheEjectionDoesNotRestore() {
		TrackedAttempt early = flightTo(0);
		this.picks.pass(Duration.ofMillis(1));
		eject(0);
		early.end(Outcome.ANSWERED);
		assertThat(used()).containsExactlyInAnyOrder(1, 2);
	}

	@Test
	void failuresOfAttemptsFromBeforeTheEjectionDoNotProlongIt() {
		List<TrackedAttempt> early = List.of(flightTo(0), flightTo(0), flightTo(0), flightTo(0));
		this.picks.pass(Duration.ofMillis(1));
		eject(0);
		early.forEach((flight) -> flight.end(Outcome.FAILED));
		assertThat(this.events).hasSize(1);
		this.picks.pass(BASE);
		assertThat(used()).contains(0);
	}

	@Test
	void ejectionTimeIsResetAfterALongTimeWithoutEjection() {
		eject(0);
		this.picks.pass(BASE);
		trial(0).end(Outcome.ANSWERED);
		this.picks.pass(Duration.ofMinutes(5).plusSeconds(1));
		eject(0);
		this.picks.pass(BASE);
		assertThat(used()).contains(0);
	}

	@Test
	void ejectionSoonAfterReturnTakesTwiceAsLong() {
		eject(0);
		this.picks.pass(BASE);
		trial(0).end(Outcome.ANSWERED);
		eject(0);
		this.picks.pass(BASE.multipliedBy(8).dividedBy(5).minusMillis(1));
		assertThat(used()).containsExactlyInAnyOrder(1, 2);
	}

	@Test
	void ejectedWeightNeverExceedsMaxPercent() {
		this.picks = picks(EjectionSettings.DEFAULTS, Duration.ZERO, 30, 20, 25, 25);
		eject(0);
		eject(1);
		eject(2);
		assertThat(used()).as("others are preferred").containsExactly(3);
		this.picks.pass(Duration.ofMillis(100));
		assertThat(used()).containsExactlyInAnyOrder(2, 3);
	}

	@Test
	void lastInstanceIsNeverEjectedWhateverMaxPercentIs() {
		this.picks = picks(new EjectionSettings(true, 3, BASE, Duration.ofMinutes(5), 100), Duration.ZERO, 1, 1, 0);
		eject(0);
		eject(1);
		assertThat(used()).containsExactly(1);
	}

	@Test
	void noInstanceIsEjectedIfDisabled() {
		this.picks = picks(new EjectionSettings(false, 3, BASE, Duration.ofMinutes(5), 50), Duration.ZERO, 1, 1, 1);
		eject(0);
		end(1, Outcome.UNREACHABLE);
		assertThat(used()).containsExactlyInAnyOrder(0, 1, 2);
	}

	@Test
	void allInstancesAreUsedIfANewListLeavesTooFewOthers() {
		this.picks = picks(EjectionSettings.DEFAULTS, Duration.ZERO, 100, 100, 100, 100);
		eject(0);
		eject(1);
		assertThat(used()).containsExactlyInAnyOrder(2, 3);
		this.picks.take(TestInstances.instances(100, 100, 100));
		assertThat(used()).containsExactlyInAnyOrder(0, 1, 2);
	}

	@Test
	void responseInPanicRestoresTheInstance() {
		this.picks = picks(EjectionSettings.DEFAULTS, Duration.ZERO, 100, 100, 100, 100);
		eject(0);
		eject(1);
		this.picks.take(TestInstances.instances(100, 100, 100));
		this.picks.pass(Duration.ofMillis(1));
		flightTo(0).end(Outcome.ANSWERED);
		assertThat(this.events).last().isEqualTo("10.0.0.0:8501 back");
		assertThat(used()).containsExactlyInAnyOrder(0, 2);
	}

	@Test
	void ejectionSurvivesListChangesButNotRemovalOfTheInstance() {
		eject(0);
		this.picks.take(TestInstances.instances(200, 100, 100, 100));
		assertThat(used()).containsExactlyInAnyOrder(1, 2, 3);
		this.picks.take(TestInstances.instances(100, 100, 100).subList(1, 3));
		assertThat(used()).containsExactlyInAnyOrder(1, 2);
		this.picks.take(TestInstances.instances(100, 100, 100));
		assertThat(used()).containsExactlyInAnyOrder(0, 1, 2);
	}

	@Test
	void outcomeOfRemovedInstanceIsIgnored() {
		List<TrackedAttempt> flights = List.of(flightTo(0), flightTo(0), flightTo(0));
		this.picks.take(TestInstances.instances(100, 100, 100).subList(1, 3));
		used();
		flights.forEach((flight) -> flight.end(Outcome.FAILED));
		assertThat(this.events).isEmpty();
		eject(1);
		assertThat(used()).containsExactly(2);
	}

	@Test
	void trialOfRemovedInstanceIsIgnored() {
		this.picks = picks(EjectionSettings.DEFAULTS, Duration.ZERO, 100, 100, 100, 100);
		eject(0);
		this.picks.pass(BASE);
		TrackedAttempt trial = trial(0);
		this.picks.take(TestInstances.instances(100, 100, 100, 100).subList(1, 4));
		used();
		trial.end(Outcome.FAILED);
		assertThat(this.picks.picks.ejected(this.picks.cache.current())).isZero();
		assertThat(this.events).hasSize(1);
		eject(1);
		assertThat(used()).containsExactlyInAnyOrder(2, 3);
	}

	@Test
	void instancesWithoutWeightDoNotCountTowardsMaxPercent() {
		this.picks = picks(EjectionSettings.DEFAULTS, Duration.ZERO, 100, 100, 100, 0, 0);
		eject(3);
		eject(4);
		assertThat(this.events).isEmpty();
		eject(0);
		assertThat(used()).containsExactlyInAnyOrder(1, 2);
	}

	@Test
	void drainedEjectedInstanceDoesNotCountTowardsMaxPercent() {
		this.picks = picks(new EjectionSettings(true, 3, BASE, Duration.ofMinutes(5), 70), Duration.ZERO, 100, 100,
				100);
		eject(0);
		this.picks.take(TestInstances.instances(0, 100, 100));
		eject(1);
		assertThat(used()).containsExactlyInAnyOrder(2);
	}

	@Test
	void retryPrefersEjectedInstanceToTriedOne() {
		eject(0);
		TriedInstances tried = new TriedInstances();
		tried.add(TestInstances.instance(1, 100));
		for (int n = 0; n < 100; n++) {
			assertThat(this.picks.picks.pick(tried, null, true).instance()).isEqualTo(TestInstances.instance(2, 100));
		}
		tried.add(TestInstances.instance(2, 100));
		for (int n = 0; n < 100; n++) {
			assertThat(this.picks.picks.pick(tried, null, true).instance()).isEqualTo(TestInstances.instance(0, 100));
		}
	}

	@Test
	void sharesOfOtherInstancesStayExactWhileOneIsEjected() {
		this.picks = picks(EjectionSettings.DEFAULTS, Duration.ZERO, 5, 3, 7);
		eject(0);
		int[] counts = new int[3];
		for (int n = 0; n < 1000; n++) {
			counts[TestSelector.index(this.picks.pick())]++;
		}
		assertThat(counts).containsExactly(0, 300, 700);
	}

	@Test
	void instanceThatRespondsToNothingWhileOthersDoIsEjected() {
		List<TrackedAttempt> stuck = List.of(flightTo(0), flightTo(0), flightTo(0));
		for (int n = 0; n < 60; n++) {
			this.picks.pass(Duration.ofMillis(10));
			end(1, Outcome.ANSWERED);
		}
		assertThat(this.events).hasSize(1);
		assertThat(this.events.get(0)).contains("10.0.0.0:8501 out: none of 3 attempts was answered for 500 ms");
		stuck.forEach((flight) -> flight.end(Outcome.FAILED));
		assertThat(this.events).hasSize(1);
	}

	@Test
	void stallLimitFollowsHighPercentileOfResponseTimes() {
		List<TrackedAttempt> slow = Stream.generate(() -> flightTo(2)).limit(8).toList();
		for (int n = 0; n < 100; n++) {
			this.picks.pass(Duration.ofMillis(10));
			end(2, Outcome.ANSWERED);
		}
		slow.forEach((flight) -> flight.end(Outcome.ANSWERED));
		List<TrackedAttempt> waiting = List.of(flightTo(0), flightTo(0), flightTo(0));
		flow(Duration.ofMillis(2900));
		assertThat(this.events).isEmpty();
		flow(Duration.ofMillis(800));
		assertThat(this.events).hasSize(1);
		waiting.forEach((flight) -> flight.end(Outcome.ANSWERED));
	}

	@Test
	void stallLimitDoesNotFollowSingleSlowResponse() {
		TrackedAttempt slow = flightTo(1);
		flow(Duration.ofMillis(1800));
		slow.end(Outcome.ANSWERED);
		List<TrackedAttempt> waiting = List.of(flightTo(0), flightTo(0), flightTo(0));
		flow(Duration.ofMillis(700));
		assertThat(this.events).hasSize(1);
		waiting.forEach((flight) -> flight.end(Outcome.ANSWERED));
	}

	@Test
	void noInstanceIsEjectedIfNoneResponds() {
		List<TrackedAttempt> stuck = flights(30);
		this.picks.pass(Duration.ofSeconds(3));
		stuck.get(0).end(Outcome.ANSWERED);
		this.picks.pass(Duration.ofMillis(1));
		stuck.get(1).end(Outcome.ANSWERED);
		this.picks.pass(Duration.ofMillis(150));
		stuck.get(2).end(Outcome.ANSWERED);
		assertThat(this.events).isEmpty();
	}

	@Test
	void pendingTrialIsNoStall() {
		for (int n = 0; n < 5; n++) {
			end(0, Outcome.UNREACHABLE);
			this.picks.pass(BASE);
		}
		trial(0);
		int before = this.events.size();
		for (int n = 0; n < 100; n++) {
			this.picks.pass(Duration.ofMillis(20));
			end(1, Outcome.ANSWERED);
		}
		assertThat(this.events).hasSize(before);
	}

	@ParameterizedTest
	@EnumSource(names = { "CANCELLED", "FAILED", "POOL_EXHAUSTED" })
	void endedAttemptsDoNotCountAsWaiting(Outcome outcome) {
		end(0, Outcome.CANCELLED);
		end(0, Outcome.CANCELLED);
		end(0, outcome);
		flow(Duration.ofSeconds(2));
		List<TrackedAttempt> young = List.of(flightTo(0), flightTo(0), flightTo(0));
		flow(Duration.ofMillis(300));
		assertThat(this.events).isEmpty();
		young.forEach((flight) -> flight.end(Outcome.ANSWERED));
	}

	@Test
	void endedAttemptsDoNotCountAsWaitingWhileAnotherOneWaits() {
		flightTo(0);
		for (int n = 0; n < 10; n++) {
			end(0, Outcome.CANCELLED);
		}
		flow(Duration.ofSeconds(2));
		assertThat(this.events).isEmpty();
	}

	@Test
	void headersCountAsResponse() {
		List<TrackedAttempt> streams = List.of(flightTo(0), flightTo(0), flightTo(0));
		streams.forEach(TrackedAttempt::answering);
		flow(Duration.ofSeconds(2));
		assertThat(this.events).isEmpty();
		streams.forEach((flight) -> flight.end(Outcome.CANCELLED));
		assertThat(state(0).inFlight()).isZero();
	}

	@Test
	void responseTimeIsMeasuredUpToTheHeaders() {
		TrackedAttempt stream = flightTo(0);
		this.picks.pass(Duration.ofMillis(7));
		stream.answering();
		this.picks.pass(Duration.ofMinutes(1));
		stream.answering();
		stream.end(Outcome.ANSWERED);
		assertThat(state(0).latency()).isEqualTo(7e6);
		List<TrackedAttempt> stuck = List.of(flightTo(0), flightTo(0), flightTo(0));
		flow(Duration.ofSeconds(1));
		assertThat(this.events).as("what a stream took is no yardstick").hasSize(1);
		stuck.forEach((flight) -> flight.end(Outcome.CANCELLED));
	}

	@Test
	void headersWithoutOutcomeDoNotRestoreTheInstanceButTheEndDoes() {
		eject(0);
		this.picks.pass(BASE);
		TrackedAttempt trial = trial(0);
		trial.answering();
		assertThat(used()).containsExactlyInAnyOrder(1, 2);
		assertThat(trial.end(Outcome.ANSWERED)).isTrue();
		assertThat(used()).containsExactlyInAnyOrder(0, 1, 2);
	}

	@Test
	void onlyInstancesOfTheListAreCounted() {
		eject(0);
		InstanceList listed = this.picks.cache.current();
		assertThat(this.picks.picks.ejected(listed)).isOne();
		this.picks.take(TestInstances.instances(100, 100, 100).subList(1, 3));
		assertThat(this.picks.picks.ejected(this.picks.cache.current())).isZero();
	}

	@Test
	void attemptEndsOnlyOnce() {
		TrackedAttempt flight = flightTo(0);
		assertThat(flight.end(Outcome.FAILED)).isTrue();
		assertThat(flight.end(Outcome.ANSWERED)).isFalse();
		flight.answering();
		assertThat(state(0).latency()).isZero();
	}

	@Test
	void anyResponseRestoresAStalledInstance() {
		TrackedAttempt early = flightTo(0);
		List<TrackedAttempt> stuck = List.of(flightTo(0), flightTo(0), flightTo(0));
		flow(Duration.ofSeconds(1));
		assertThat(used()).containsExactlyInAnyOrder(1, 2);
		early.end(Outcome.ANSWERED);
		assertThat(used()).containsExactlyInAnyOrder(0, 1, 2);
		assertThat(this.events).last().isEqualTo("10.0.0.0:8501 back");
		stuck.forEach((flight) -> flight.end(Outcome.ANSWERED));
	}

	@Test
	void singleSlowResponseIsNoStall() {
		flightTo(0);
		flightTo(0);
		for (int n = 0; n < 500; n++) {
			this.picks.pass(Duration.ofMillis(10));
			end(1, Outcome.ANSWERED);
		}
		assertThat(this.events).isEmpty();
	}

	@Test
	void singleFailureDoesNotEjectInstanceInSlowStart() {
		this.picks = picks(EjectionSettings.DEFAULTS, Duration.ofSeconds(10), 100, 100);
		used();
		this.picks.take(TestInstances.instances(100, 100, 100));
		end(2, Outcome.FAILED);
		end(2, Outcome.FAILED);
		assertThat(this.events).isEmpty();
		end(2, Outcome.FAILED);
		assertThat(this.events).hasSize(1);
	}

	@Test
	void singleFailureDoesNotEjectInstanceWhoseQueueWasFull() {
		end(0, Outcome.BUSY);
		end(0, Outcome.FAILED);
		assertThat(this.events).isEmpty();
	}

	@Test
	void refusedConnectionIsNoStall() {
		this.picks = picks(EjectionSettings.DEFAULTS, Duration.ZERO, 60, 60, 60);
		eject(1);
		for (int n = 0; n < 3; n++) {
			end(0, Outcome.UNREACHABLE);
		}
		int before = this.events.size();
		this.picks.take(TestInstances.instances(20, 60, 60, 60, 60));
		for (int n = 0; n < 60; n++) {
			this.picks.pass(Duration.ofMillis(20));
			end(2, Outcome.ANSWERED);
		}
		begin(0);
		this.picks.pass(Duration.ofMillis(110));
		end(2, Outcome.ANSWERED);
		assertThat(this.events).hasSize(before);
	}

	@Test
	void restoredInstanceIsInSlowStart() {
		this.picks = picks(EjectionSettings.DEFAULTS, Duration.ofSeconds(10), 100, 100);
		eject(0);
		this.picks.pass(BASE);
		trial(0).end(Outcome.ANSWERED);
		checkRamp(0, 0.5);
	}

	@Test
	void newInstanceIsInSlowStartButFirstListIsNot() {
		this.picks = picks(EjectionSettings.DEFAULTS, Duration.ofSeconds(10), 100, 100);
		assertThat(share(0)).isBetween(0.49, 0.51);
		this.picks.take(TestInstances.instances(100, 100, 100));
		checkRamp(2, 1 / 3.0);
	}

	private void checkRamp(int index, double whole) {
		assertThat(share(index)).isBetween(0.03, 0.15);
		this.picks.pass(Duration.ofSeconds(5));
		assertThat(share(index)).isBetween(whole * 0.45, whole * 0.8);
		this.picks.pass(Duration.ofSeconds(5));
		assertThat(share(index)).isBetween(whole - 0.01, whole + 0.01);
	}

	private double share(int index) {
		int count = 0;
		for (int n = 0; n < 6000; n++) {
			count += (TestSelector.index(this.picks.pick()) == index) ? 1 : 0;
		}
		return count / 6000.0;
	}

	/** Answers of instance 1 all the time. */
	private void flow(Duration time) {
		for (long n = 0; n < time.toMillis() / 10; n++) {
			this.picks.pass(Duration.ofMillis(10));
			end(1, Outcome.ANSWERED);
		}
	}

	private void eject(int index) {
		List<TrackedAttempt> flights = List.of(begin(index), begin(index), begin(index));
		flights.forEach((flight) -> flight.end(Outcome.FAILED));
	}

	private void end(int index, Outcome outcome) {
		begin(index).end(outcome);
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

	private TrackedAttempt flightTo(int index) {
		return begin(index);
	}

	/** The one call that is let through. */
	private TrackedAttempt trial(int index) {
		return flights(100).stream()
			.filter((flight) -> TestSelector.index(flight.instance()) == index)
			.findFirst()
			.orElseThrow();
	}

	/** Calls of which all but those to instance 0 have ended. */
	private List<TrackedAttempt> flights(int count) {
		List<TrackedAttempt> flights = new ArrayList<>();
		for (int n = 0; n < count; n++) {
			TrackedAttempt flight = this.picks.start();
			flights.add(flight);
			if (TestSelector.index(flight.instance()) != 0) {
				flight.end(Outcome.CANCELLED);
			}
		}
		return flights;
	}

	/** The instances that get calls now. */
	private Set<Integer> used() {
		Set<Integer> used = new HashSet<>();
		for (int n = 0; n < 200; n++) {
			used.add(TestSelector.index(this.picks.pick()));
		}
		return used;
	}

	private TestSelector picks(EjectionSettings settings, Duration slowStart, int... weights) {
		InstanceList list = new InstanceList(TestInstances.instances(weights), Instant.EPOCH, Source.DISCOVERY);
		return new TestSelector(new WeightedRoundRobin(new Random(1)), settings, slowStart, new EjectionListener() {

			@Override
			public void ejected(EasInstance instance, Cause cause, String reason, Duration time, boolean again) {
				EjectionTests.this.events.add(instance.address() + " out: " + reason + ", " + time.toMillis() + " ms"
						+ (again ? ", again" : ""));
			}

			@Override
			public void restored(EasInstance instance) {
				EjectionTests.this.events.add(instance.address() + " back");
			}

		}).take(list.instances());
	}

}
