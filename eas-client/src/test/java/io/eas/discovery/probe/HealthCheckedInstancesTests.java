package io.eas.discovery.probe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import io.eas.discovery.ConfirmedShrink;
import io.eas.discovery.DiscoveryAnswer;
import io.eas.discovery.DiscoveryException;
import io.eas.discovery.InstanceCache;
import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
import io.eas.instance.TestInstances;
import io.eas.test.SettableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * Which instances calls see, from poll to poll and in between, in virtual time. Instances
 * are letters.
 */
@ExtendWith(OutputCaptureExtension.class)
class HealthCheckedInstancesTests {

	private static final Duration PERIOD = Duration.ofSeconds(10);

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final SettableClock clock = new SettableClock(START);

	/** What taking the next list throws. */
	private final Queue<Error> errors = new ArrayDeque<>();

	private final InstanceCache cache = new InstanceCache(new Brittle());

	private final Set<String> healthy = new HashSet<>();

	private final Map<String, Integer> checks = new HashMap<>();

	private HealthCheckedInstances proven = proven(1, 3, true);

	private HealthCheckedInstances proven(int successes, int failures, boolean beforeUse) {
		return new HealthCheckedInstances("mnist", this.cache, new Threshold(successes, failures), beforeUse, PERIOD,
				this::probe, this.time, new SplittableRandom(1), this.clock);
	}

	@BeforeEach
	void start() {
		this.proven.start();
	}

	@AfterEach
	void stop() {
		this.proven.stop();
	}

	@Test
	void firstListIsUsedOnceAnInstanceHasPassed() {
		poll("a b");
		assertThat(this.cache.current()).isNull();
		assertThat(this.proven.current().size()).isEqualTo(2);
		this.healthy.add("b");
		pass(2 * PERIOD.toSeconds());
		assertThat(used()).isEqualTo("b");
		assertThat(this.cache.current().source()).isEqualTo(Source.DISCOVERY);
	}

	@Test
	void instanceIsUsedAtOnceWhenItPassesItsFirstCheck() {
		healthy("a b c");
		poll("a b c");
		pass(1);
		assertThat(used()).isEqualTo("a b c");
		assertThat(this.checks).containsOnly(entry("a", 1), entry("b", 1), entry("c", 1));
	}

	@Test
	void newInstanceIsNotUsedBeforeItHasPassed() {
		healthy("a b");
		poll("a b");
		pass(1);
		poll("a b c");
		pass(60);
		poll("a b c");
		assertThat(used()).isEqualTo("a b");
		healthy("c");
		pass(PERIOD.toSeconds());
		assertThat(used()).isEqualTo("a b c");
	}

	@Test
	void newInstanceIsUsedUntilItFailsWithoutBeforeUse() {
		stop();
		this.proven = proven(1, 3, false);
		this.proven.start();
		healthy("a b");
		poll("a b c");
		assertThat(used()).isEqualTo("a b c");
		pass(3 * PERIOD.toSeconds());
		assertThat(used()).isEqualTo("a b");
	}

	@Test
	void instanceIsRemovedAtTheFailureThresholdAndReturnsBetweenPolls() {
		stop();
		this.proven = proven(2, 3, true);
		this.proven.start();
		healthy("a b c");
		poll("a b c");
		pass(2 * PERIOD.toSeconds());
		assertThat(used()).isEqualTo("a b c");
		this.healthy.remove("a");
		pass(2 * PERIOD.toSeconds());
		assertThat(used()).isEqualTo("a b c");
		pass(PERIOD.toSeconds());
		assertThat(used()).isEqualTo("b c");
		healthy("a");
		pass(PERIOD.toSeconds());
		assertThat(used()).isEqualTo("b c");
		pass(PERIOD.toSeconds());
		assertThat(used()).isEqualTo("a b c");
	}

	@Test
	void oldListStaysWhileNoNewInstanceHasPassed() {
		healthy("a b c");
		poll("a b c");
		pass(1);
		for (int i = 0; i < 20; i++) {
			poll("d e f");
			pass(5);
			assertThat(used()).isEqualTo("a b c");
		}
		healthy("e");
		pass(PERIOD.toSeconds());
		assertThat(used()).isEqualTo("a b c e"); // too little of it
		healthy("d f");
		pass(PERIOD.toSeconds());
		assertThat(used()).isEqualTo("d e f");
	}

	@Test
	void oldListStaysOnlyUntilMostNewInstancesHavePassed() {
		healthy("a b c");
		poll("a b c");
		pass(1);
		healthy("d");
		poll("d e f");
		pass(1);
		assertThat(used()).isEqualTo("a b c d");
		healthy("e");
		pass(PERIOD.toSeconds());
		assertThat(used()).isEqualTo("d e");
	}

	@Test
	void departedInstanceIsDroppedAfterItsFirstFailedCheck() {
		stop();
		this.proven = proven(1, 6, true);
		this.proven.start();
		healthy("a b");
		poll("a b");
		pass(1);
		poll("c");
		this.healthy.remove("a");
		pass(PERIOD.toSeconds());
		assertThat(used()).isEqualTo("b");
		this.healthy.remove("b");
		pass(PERIOD.toSeconds());
		assertThat(used()).isEqualTo("b"); // there is nothing better yet
		pass(6 * PERIOD.toSeconds());
		assertThat(used()).isEqualTo("c"); // has failed, and so has all else
	}

	@Test
	void allInstancesAreUsedIfAllFail(CapturedOutput output) {
		healthy("a b c");
		poll("a b c");
		pass(1);
		this.healthy.clear();
		pass(4 * PERIOD.toSeconds());
		poll("a b c");
		assertThat(used()).isEqualTo("a b c");
		pass(10 * PERIOD.toSeconds());
		assertThat(output.toString().split("the probe is ignored", -1)).hasSize(2);
		healthy("a b");
		pass(PERIOD.toSeconds());
		assertThat(used()).isEqualTo("a b");
		assertThat(output).contains("mnist: the probe is used again, and 2 of 3 instance(s) are used");
	}

	@Test
	void probeThatFailsForAllIsDoubtedFromTheStart(CapturedOutput output) {
		poll("a b c");
		pass(PERIOD.toSeconds());
		assertThat(this.cache.current()).isNull();
		pass(2 * PERIOD.toSeconds());
		assertThat(used()).isEqualTo("a b c");
		assertThat(output).contains("WARN")
			.contains("mnist: most of the 3 instance(s), by weight, fail the probe, so the probe is ignored and all "
					+ "are used");
	}

	@Test
	void changesAreLoggedWithTheReasonButChecksAreNot(CapturedOutput output) {
		healthy("a b c");
		poll("a b c");
		pass(100);
		this.healthy.remove("b");
		pass(100);
		healthy("b");
		pass(100);
		assertThat(output.toString().lines()).hasSize(3)
			.allSatisfy((line) -> assertThat(line).contains("mnist: "))
			.satisfiesExactly(
					(line) -> assertThat(line).contains("INFO")
						.contains("3 instance(s) pass the probe: a:1 (fine), b:1 (fine), c:1 (fine)"),
					(line) -> assertThat(line).contains("WARN")
						.contains("1 instance(s) fail the probe: b:1 (3 times in a row, the last: broken)"),
					(line) -> assertThat(line).contains("INFO").contains("1 instance(s) pass the probe: b:1 (fine)"));
	}

	@Test
	void instancesInUseAreLoggedWhileNoNewOneHasPassed(CapturedOutput output) {
		stop();
		this.proven = proven(1, 6, true);
		this.proven.start();
		healthy("a b");
		poll("a b");
		pass(1);
		poll("c d e");
		pass(5);
		poll("c d e");
		assertThat(output.toString().lines()).hasSize(2)
			.last()
			.asString()
			.contains("mnist: too few of the 3 listed instance(s) pass the probe yet, so the instances of the "
					+ "previous list stay in use");
		this.healthy.clear();
		pass(PERIOD.toSeconds());
		poll("c d e");
		assertThat(output).contains("mnist: none of the 3 listed instance(s) has passed the probe yet; the 1 used so "
				+ "far stay in use until one has passed");
	}

	@Test
	void ageOfTheListIsThatOfTheLastPoll() {
		healthy("a");
		poll("a b");
		Instant polled = this.clock.instant();
		pass(PERIOD.toSeconds());
		healthy("b");
		pass(PERIOD.toSeconds());
		assertThat(used()).isEqualTo("a b");
		assertThat(this.proven.state().lastSuccess()).isEqualTo(polled);
		this.proven.fail(new DiscoveryException("status 500", null));
		healthy("a b");
		this.healthy.remove("a");
		pass(3 * PERIOD.toSeconds());
		assertThat(used()).isEqualTo("b");
		assertThat(this.proven.state().lastSuccess()).isEqualTo(polled);
		assertThat(this.proven.state().lastFailure()).isEqualTo("status 500");
		assertThat(this.proven.state().failures()).isEqualTo(1);
	}

	@Test
	void pollCountsAsSuccessEvenIfNoInstanceHasPassed() {
		poll("a");
		assertThat(this.cache.state().lastSuccess()).isEqualTo(START);
		this.proven.fail(new DiscoveryException("status 500", null));
		pass(5);
		poll("a");
		assertThat(this.cache.state().lastSuccess()).isEqualTo(START.plusSeconds(5));
		assertThat(this.cache.state().failures()).isZero();
		assertThat(this.cache.current()).isNull();
	}

	@Test
	void callWaitsForListedInstancesAlthoughServiceIsNoLongerFound() {
		poll("a");
		StepVerifier waiting = StepVerifier.create(this.cache.first())
			.expectNextCount(1)
			.expectComplete()
			.verifyLater();
		this.proven.fail(DiscoveryException.notFound("status 404", null));
		this.proven.fail(DiscoveryException.notFound("status 404", null));
		assertThat(this.cache.state().isNotFound()).isFalse();
		healthy("a");
		pass(2 * PERIOD.toSeconds());
		waiting.verify(Duration.ofSeconds(20));
		assertThat(used()).isEqualTo("a");
	}

	@Test
	void unchangedListIsTheSameObject() {
		healthy("a b");
		InstanceList listed = poll("a b");
		pass(1);
		InstanceList used = this.cache.current();
		pass(100);
		assertThat(poll("b a")).isSameAs(listed);
		assertThat(this.cache.current()).isSameAs(used);
	}

	@Test
	void resultsAreOnlyKeptWhileInstanceIsListed() {
		healthy("a b");
		poll("a b");
		pass(1);
		poll("a");
		pass(1);
		poll("a b");
		assertThat(used()).isEqualTo("a");
		pass(1);
		assertThat(used()).isEqualTo("a b");
		assertThat(this.checks.get("a")).isLessThan(this.checks.get("b") + 1);
		int checksOfB = this.checks.get("b");
		poll("a");
		pass(100);
		assertThat(this.checks).containsEntry("b", checksOfB);
	}

	@Test
	void shrinkIsMeasuredByListedAndNotByPassingInstances() {
		healthy("a b c");
		poll("a b c d e");
		pass(1);
		assertThat(used()).isEqualTo("a b c");
		DiscoveryAnswer answer = new DiscoveryAnswer(instances("a b"), List.of());
		ConfirmedShrink shrink = new ConfirmedShrink(() -> Mono.just(answer), this.proven, "mnist");
		assertThat(shrink.discover().block().instances()).hasSize(5);
		assertThat(shrink.discover().block().instances()).hasSize(2);
	}

	@Test
	void changedWeightIsAppliedAtOnceWithoutNewInstance() {
		healthy("a");
		poll("a");
		pass(1);
		this.proven.succeed(List.of(new EasInstance("a", 1, 7)), Source.DISCOVERY);
		assertThat(this.cache.current().instances()).extracting(EasInstance::weight).containsExactly(7);
		assertThat(this.checks).containsEntry("a", 1);
	}

	@Test
	void instancesKnownBeforeTheFirstPollStayInUseUntilOneHasPassed() {
		this.cache.succeed(instances("a b"), Source.STATIC);
		assertThat(this.proven.current()).isSameAs(this.cache.current());
		poll("b c");
		pass(PERIOD.toSeconds());
		assertThat(used()).isEqualTo("a b");
		healthy("c");
		pass(PERIOD.toSeconds());
		assertThat(used()).isEqualTo("c");
	}

	@Test
	void configuredInstancesAreCheckedOnceStarted() {
		stop();
		this.proven = proven(1, 3, true);
		healthy("a");
		this.proven.succeed(instances("a b"), Source.STATIC);
		pass(100);
		assertThat(this.cache.current()).isNull();
		assertThat(this.checks).isEmpty();
		this.proven.start();
		this.proven.start();
		pass(1);
		assertThat(used()).isEqualTo("a");
		assertThat(this.cache.current().source()).isEqualTo(Source.STATIC);
		assertThat(this.checks).containsOnly(entry("a", 1), entry("b", 1));
	}

	@Test
	void noInstanceIsCheckedAfterStopAndAllAtOnceAfterRestart() {
		healthy("a b");
		poll("a b");
		pass(100);
		this.proven.stop();
		this.proven.stop();
		this.checks.clear();
		this.healthy.clear();
		pass(100);
		assertThat(this.checks).isEmpty();
		assertThat(used()).isEqualTo("a b");
		this.proven.start();
		pass(0);
		assertThat(this.checks).containsOnly(entry("a", 1), entry("b", 1));
	}

	@Test
	void stateOfEachInstanceIsAvailable() {
		assertThat(this.proven.states()).isEmpty();
		healthy("a");
		poll("b a");
		assertThat(this.proven.states()).containsExactly(entry("a:1", new ProbeState(Verdict.UNPROVEN, null)),
				entry("b:1", new ProbeState(Verdict.UNPROVEN, null)));
		pass(3 * PERIOD.toSeconds());
		assertThat(this.proven.states()).containsExactly(entry("a:1", new ProbeState(Verdict.PASSING, "fine")),
				entry("b:1", new ProbeState(Verdict.FAILING, "broken")));
	}

	@Test
	void callWithoutInstanceIsToldThatNoneHasPassed() {
		assertThat(this.proven.lastFailure()).isNull();
		this.proven.fail(new DiscoveryException("status 500", null));
		assertThat(this.proven.lastFailure()).isEqualTo("status 500");
		poll("a b");
		assertThat(this.proven.lastFailure())
			.isEqualTo("none of 2 listed instance(s) has passed the probe yet, the first: a:1 (not checked yet)");
		pass(1);
		this.proven.fail(new DiscoveryException("status 500", null));
		assertThat(this.proven.lastFailure())
			.isEqualTo("none of 2 listed instance(s) has passed the probe yet, the first: a:1 (broken)");
		healthy("a");
		pass(PERIOD.toSeconds());
		assertThat(this.proven.lastFailure()).isEqualTo("status 500");
	}

	@Test
	void resultThatCannotBeAppliedIsAppliedASecondLater(CapturedOutput output) {
		poll("a b");
		healthy("a");
		this.errors.add(new OutOfMemoryError("a bug"));
		this.errors.add(new NoClassDefFoundError("a bug"));
		pass(1);
		assertThat(this.cache.current()).isNull();
		assertThat(output).contains("the results of the probe could not be applied", "OutOfMemoryError: a bug");
		pass(2);
		assertThat(used()).isEqualTo("a");
	}

	@Test
	void thousandsOfInstancesAreCheckedInTurnAndPublishedInBatches() {
		List<EasInstance> instances = IntStream.range(0, 2000).mapToObj((i) -> TestInstances.instance(i, 100)).toList();
		instances.forEach((instance) -> this.healthy.add(instance.host()));
		this.proven.succeed(instances, Source.DISCOVERY);
		List<Integer> sizes = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			InstanceList current = this.cache.current();
			sizes.add((current != null) ? current.size() : 0);
			this.time.advanceTimeBy(Duration.ofMillis(1));
		}
		assertThat(sizes).isSorted().startsWith(0).endsWith(2000);
		assertThat(sizes.stream().distinct()).hasSizeBetween(3, 8);
		assertThat(this.checks).hasSize(2000);
	}

	private Mono<ProbeResult> probe(EasInstance instance) {
		return Mono.defer(() -> {
			this.checks.merge(instance.host(), 1, Integer::sum);
			return Mono.delay(Duration.ofMillis(1), this.time)
				.map((over) -> this.healthy.contains(instance.host()) ? Results.FINE : Results.BROKEN);
		});
	}

	private InstanceList poll(String names) {
		return this.proven.succeed(instances(names), Source.DISCOVERY);
	}

	private void healthy(String names) {
		this.healthy.addAll(Arrays.asList(names.split(" ")));
	}

	private void pass(long seconds) {
		this.clock.pass(Duration.ofSeconds(seconds));
		this.time.advanceTimeBy(Duration.ofSeconds(seconds));
	}

	private String used() {
		return String.join(" ", this.cache.current().instances().stream().map(EasInstance::host).toList());
	}

	private static List<EasInstance> instances(String names) {
		return Arrays.stream(names.split(" ")).map((name) -> new EasInstance(name, 1, 100)).toList();
	}

	/** The clock, unless it throws. */
	private final class Brittle extends Clock {

		@Override
		public Instant instant() {
			Error error = HealthCheckedInstancesTests.this.errors.poll();
			if (error != null) {
				throw error;
			}
			return HealthCheckedInstancesTests.this.clock.instant();
		}

		@Override
		public ZoneId getZone() {
			return HealthCheckedInstancesTests.this.clock.getZone();
		}

		@Override
		public Clock withZone(ZoneId zone) {
			throw new UnsupportedOperationException();
		}

	}

}
