package io.eas.discovery.probe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.eas.instance.EasInstance;
import io.eas.instance.TestInstances;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When workers tick, in virtual time.
 */
class ProbeRoundsTests {

	static final List<Error> ERRORS = List.of(new OutOfMemoryError("a bug"), new StackOverflowError("a bug"),
			new NoClassDefFoundError("a bug"), new AssertionError("a bug"));

	private static final Duration PERIOD = Duration.ofSeconds(10);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final ProbeRounds rounds = new ProbeRounds(PERIOD, this.time, new SplittableRandom(1));

	/** When checks of each instance began. */
	private final Map<EasInstance, List<Duration>> begun = new LinkedHashMap<>();

	private Duration duration = Duration.ofMillis(1);

	private int underWay;

	private int mostUnderWay;

	private int cancelled;

	@Test
	void workerTicksAtOnceThenWithinAPeriodAndThenOncePerPeriod() {
		this.rounds.start();
		this.rounds.watch(workers(1));
		assertThat(begun(0)).containsExactly(Duration.ZERO);
		this.time.advanceTimeBy(Duration.ofSeconds(65));
		List<Duration> begun = begun(0);
		assertThat(begun).hasSizeBetween(7, 8);
		assertThat(begun.get(1)).isBetween(Duration.ofMillis(1), PERIOD);
		for (int i = 2; i < begun.size(); i++) {
			assertThat(begun.get(i).minus(begun.get(i - 1))).isEqualTo(PERIOD);
		}
	}

	@Test
	void workersOfOneListAreSpreadOverThePeriod() {
		this.rounds.start();
		this.rounds.watch(workers(1000));
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(this.begun).hasSize(1000);
		this.time.advanceTimeBy(Duration.ofMinutes(1));
		long[] inSecond = new long[10];
		this.begun.values()
			.forEach((times) -> inSecond[(int) (times.get(times.size() - 1).toSeconds() % PERIOD.toSeconds())]++);
		assertThat(Arrays.stream(inSecond).boxed()).allMatch((count) -> count > 60 && count < 140);
	}

	@Test
	void atMostSixtyFourChecksRunAtATimeAndTheOthersInTurn() {
		this.duration = Duration.ofSeconds(1);
		this.rounds.start();
		this.rounds.watch(workers(2000));
		assertThat(this.begun).hasSize(ProbeRounds.MOST_AT_ONCE);
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		assertThat(this.begun).hasSize(2 * ProbeRounds.MOST_AT_ONCE);
		this.time.advanceTimeBy(Duration.ofMinutes(3));
		assertThat(this.mostUnderWay).isEqualTo(ProbeRounds.MOST_AT_ONCE);
		// 64 a second and no more, so that a turn takes up to 32 s, and all have theirs
		assertThat(this.begun).hasSize(2000);
		assertThat(this.begun.values()).allMatch((times) -> times.size() >= 5 && times.size() <= 7);
	}

	@Test
	void instanceIsNeverCheckedTwiceAtTheSameTime() {
		this.duration = Duration.ofSeconds(35);
		this.rounds.start();
		this.rounds.watch(workers(1));
		this.time.advanceTimeBy(Duration.ofMinutes(5));
		assertThat(this.mostUnderWay).isEqualTo(1);
		assertThat(begun(0)).hasSizeBetween(7, 8);
	}

	@Test
	void removedInstanceIsNoLongerCheckedAndItsCheckIsCancelled() {
		this.duration = Duration.ofSeconds(5);
		this.rounds.start();
		List<ProbeWorker> workers = workers(3);
		this.rounds.watch(workers);
		this.rounds.watch(workers.subList(1, 3));
		assertThat(this.cancelled).isEqualTo(1);
		this.time.advanceTimeBy(Duration.ofMinutes(1));
		assertThat(begun(0)).hasSize(1);
		assertThat(begun(1)).hasSizeGreaterThan(5);
		assertThat(begun(2)).hasSizeGreaterThan(5);
	}

	@Test
	void instanceRemovedWhileItWaitsIsNotChecked() {
		this.duration = Duration.ofSeconds(1);
		this.rounds.start();
		List<ProbeWorker> workers = workers(100);
		this.rounds.watch(workers);
		this.rounds.watch(workers.subList(0, 64));
		this.time.advanceTimeBy(Duration.ofMinutes(1));
		assertThat(this.begun).hasSize(64);
		assertThat(this.underWay).isLessThanOrEqualTo(64);
	}

	@Test
	void onlyNewInstancesAreStarted() {
		this.rounds.start();
		List<ProbeWorker> workers = workers(2);
		this.rounds.watch(workers.subList(0, 1));
		this.time.advanceTimeBy(Duration.ofMillis(5));
		this.rounds.watch(workers);
		assertThat(begun(0)).containsExactly(Duration.ZERO);
		assertThat(begun(1)).containsExactly(Duration.ofMillis(5));
	}

	@Test
	void stopEndsAllTicksAndChecks() {
		this.duration = Duration.ofSeconds(5);
		this.rounds.start();
		this.rounds.watch(workers(100));
		this.rounds.stop();
		assertThat(this.cancelled).isEqualTo(64);
		assertThat(this.underWay).isZero();
		long scheduled = this.time.getScheduledTaskCount();
		this.time.advanceTimeBy(Duration.ofMinutes(1));
		assertThat(this.begun).hasSize(64);
		assertThat(this.time.getScheduledTaskCount()).as("ticks ever scheduled").isEqualTo(scheduled);
	}

	@Test
	void roundsGoOnAfterAFailedTick() {
		this.rounds.start();
		ProbeWorker worker = new ProbeWorker(TestInstances.instance(0, 1), (instance) -> Mono.just(Results.FINE),
				new Threshold(1, 1), (change) -> {
					throw new WithoutStackTrace();
				});
		this.rounds.watch(List.of(worker));
		Tally first = worker.tally();
		assertThat(first.inARow()).isEqualTo(1);
		this.time.advanceTimeBy(Duration.ofMinutes(1));
		assertThat(worker.tally().inARow()).isGreaterThan(5);
	}

	@ParameterizedTest
	@FieldSource("ERRORS")
	void roundsGoOnAfterAnErrorOfACheck(Error error) {
		List<Mono<ProbeResult>> checks = List.of(Mono.fromCallable(() -> {
			throw error;
		}), Mono.error(error), Mono.defer(() -> {
			throw error;
		}));
		AtomicInteger count = new AtomicInteger();
		ProbeWorker worker = new ProbeWorker(TestInstances.instance(0, 1), (instance) -> {
			int check = count.getAndIncrement();
			if (check == checks.size()) {
				throw error;
			}
			return (check < checks.size()) ? checks.get(check) : Mono.just(Results.BROKEN);
		}, new Threshold(1, 1), (change) -> {
		});
		this.rounds.start();
		this.rounds.watch(Stream.concat(workers(1).stream(), Stream.of(worker)).toList());
		assertThat(worker.tally().reason()).contains(error.toString());
		this.time.advanceTimeBy(Duration.ofMinutes(2));
		assertThat(worker.tally().verdict()).isEqualTo(Verdict.FAILING);
		assertThat(count).hasValueGreaterThan(8);
		assertThat(begun(0)).hasSizeGreaterThan(8);
	}

	@ParameterizedTest
	@FieldSource("ERRORS")
	void roundsGoOnIfHandlingAResultThrowsAnError(Error error) {
		ProbeWorker worker = new ProbeWorker(TestInstances.instance(0, 1), (instance) -> Mono.just(Results.FINE),
				new Threshold(1, 1), (change) -> {
					throw error;
				});
		this.rounds.start();
		this.rounds.watch(List.of(worker));
		this.time.advanceTimeBy(Duration.ofMinutes(1));
		assertThat(worker.tally().inARow()).isGreaterThan(5);
	}

	private List<Duration> begun(int index) {
		return this.begun.getOrDefault(TestInstances.instance(index, 1), List.of());
	}

	private List<ProbeWorker> workers(int count) {
		return IntStream.range(0, count)
			.mapToObj(
					(i) -> new ProbeWorker(TestInstances.instance(i, 1), this::probe, new Threshold(1, 3), (change) -> {
					}))
			.toList();
	}

	private Mono<ProbeResult> probe(EasInstance instance) {
		return Mono.defer(() -> {
			this.begun.computeIfAbsent(instance, (key) -> new ArrayList<>())
				.add(Duration.ofMillis(this.time.now(TimeUnit.MILLISECONDS)));
			this.underWay++;
			this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
			return Mono.delay(this.duration, this.time).map((over) -> Results.FINE);
		}).doOnCancel(() -> this.cancelled++).doOnCancel(() -> this.underWay--).doOnTerminate(() -> this.underWay--);
	}

	/** To be logged in one line. */
	private static final class WithoutStackTrace extends RuntimeException {

		private static final long serialVersionUID = 1L;

		WithoutStackTrace() {
			super("nobody takes this", null, false, false);
		}

	}

}
