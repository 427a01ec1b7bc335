package io.eas.discovery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
import io.eas.instance.TestInstances;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When the one loop polls, in virtual time.
 */
@ExtendWith(OutputCaptureExtension.class)
class DiscoveryPollerTests {

	private static final Duration SHORTEST = Duration.ofSeconds(5);

	private static final Duration LONGEST = Duration.ofSeconds(6);

	private static final Duration LONGEST_FIRST = Duration.ofSeconds(10);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	static final List<Error> ERRORS = List.of(new OutOfMemoryError("a bug"), new StackOverflowError("a bug"),
			new NoClassDefFoundError("a bug"), new AssertionError("a bug"));

	private final InstanceCache cache = new InstanceCache(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

	private final News news = new News();

	/** When polls started and ended. */
	private final List<Duration> starts = new ArrayList<>();

	private final List<Duration> ends = new ArrayList<>();

	private int cancelled;

	/** What happens while a list is taken. */
	private Consumer<List<EasInstance>> taken = (instances) -> {
	};

	private Supplier<Mono<DiscoveryAnswer>> answers = () -> Mono.just(answer(1));

	@Test
	void pollsAtOnce() {
		DiscoveryPoller poller = poller(1);
		assertThat(this.starts).isEmpty();
		poller.start();
		assertThat(this.starts).containsExactly(Duration.ZERO);
		assertThat(this.cache.current()).isNotNull();
	}

	@Test
	void pollsNowOnRequestAndThenAsScheduled() {
		DiscoveryPoller poller = poller(1);
		poller.start();
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		poller.pollNow();
		this.time.advanceTimeBy(Duration.ZERO);
		assertThat(this.starts).containsExactly(Duration.ZERO, Duration.ofSeconds(1));
		this.time.advanceTimeBy(LONGEST);
		assertThat(this.starts).hasSize(3);
		assertThat(waits().get(1)).isBetween(SHORTEST, LONGEST);
	}

	@Test
	void requestDuringAPollOrAfterTheStopHasNoEffect() {
		DiscoveryPoller poller = poller(1);
		poller.pollNow();
		this.answers = () -> Mono.delay(Duration.ofSeconds(3), this.time).map((n) -> answer(1));
		poller.start();
		poller.pollNow();
		this.time.advanceTimeBy(Duration.ofSeconds(4));
		assertThat(this.starts).hasSize(1);
		poller.stop();
		poller.pollNow();
		this.time.advanceTimeBy(LONGEST_FIRST);
		assertThat(this.starts).hasSize(1);
	}

	@Test
	void tellsWhenTheNextPollIsDue() {
		DiscoveryPoller poller = poller(1);
		assertThat(poller.nextPoll()).isNull();
		poller.start();
		Duration first = poller.nextPoll();
		assertThat(first).isBetween(SHORTEST, LONGEST_FIRST);
		this.time.advanceTimeBy(Duration.ofSeconds(2));
		assertThat(poller.nextPoll()).isEqualTo(first.minusSeconds(2));
		this.answers = Mono::never;
		this.time.advanceTimeBy(LONGEST_FIRST);
		assertThat(poller.nextPoll()).isNull();
		poller.stop();
		assertThat(poller.nextPoll()).isNull();
	}

	@Test
	void notFoundServiceIsPolledAgainAfterASecond() {
		this.answers = () -> Mono.error(DiscoveryException.notFound("status 404", null));
		poller(1).start();
		this.time.advanceTimeBy(Duration.ofSeconds(60));
		List<Duration> waits = waits();
		assertThat(waits.get(0)).isEqualTo(Duration.ofSeconds(1));
		assertThat(waits.subList(1, waits.size())).hasSizeGreaterThan(5)
			.allMatch((wait) -> isWithin(wait, SHORTEST, LONGEST_FIRST));
	}

	@Test
	void onlyTheFirstPollIsRepeatedAfterASecond() {
		this.answers = () -> Mono.error((this.starts.size() % 2 == 1) ? DiscoveryException.notFound("status 404", null)
				: new DiscoveryException("status 503", null));
		poller(1).start();
		this.time.advanceTimeBy(Duration.ofSeconds(60));
		List<Duration> waits = waits();
		assertThat(waits.get(0)).isEqualTo(Duration.ofSeconds(1));
		assertThat(waits.subList(1, waits.size())).hasSizeGreaterThan(5)
			.allMatch((wait) -> isWithin(wait, SHORTEST, LONGEST));
	}

	@Test
	void serviceThatIsNoLongerFoundIsPolledAsScheduled() {
		poller(1).start();
		this.answers = () -> Mono.error(DiscoveryException.notFound("status 404", null));
		this.time.advanceTimeBy(Duration.ofSeconds(60));
		assertThat(waits()).allMatch((wait) -> isWithin(wait, SHORTEST, LONGEST_FIRST));
	}

	@Test
	void delayIsFiveToSixSecondsAndTheFirstUpToTen() {
		List<Duration> first = new ArrayList<>();
		List<Duration> later = new ArrayList<>();
		for (long seed = 0; seed < 100; seed++) {
			this.starts.clear();
			this.ends.clear();
			DiscoveryPoller poller = poller(seed);
			poller.start();
			this.time.advanceTimeBy(Duration.ofMinutes(2));
			poller.stop();
			List<Duration> waits = waits();
			first.add(waits.remove(0));
			later.addAll(waits);
		}
		assertThat(first).hasSize(100).allMatch((wait) -> isWithin(wait, SHORTEST, LONGEST_FIRST));
		assertThat(later).hasSizeGreaterThan(1700).allMatch((wait) -> isWithin(wait, SHORTEST, LONGEST));
		// and they use the range
		assertThat(first).anyMatch((wait) -> wait.toMillis() < 5500).anyMatch((wait) -> wait.toMillis() > 9500);
		assertThat(later).anyMatch((wait) -> wait.toMillis() < 5050).anyMatch((wait) -> wait.toMillis() > 5950);
	}

	@Test
	void delaysDifferFromThoseOfAnotherProcess() {
		poller(1).start();
		this.time.advanceTimeBy(Duration.ofMinutes(1));
		List<Duration> one = List.copyOf(this.starts);
		this.starts.clear();
		DiscoveryPollerTests other = new DiscoveryPollerTests();
		other.poller(2).start();
		other.time.advanceTimeBy(Duration.ofMinutes(1));
		assertThat(other.starts.get(0)).isEqualTo(one.get(0));
		assertThat(other.starts.subList(1, other.starts.size())).doesNotContainAnyElementsOf(one);
	}

	@Test
	void onlyOnePollIsUnderWayAndTheDelayStartsWhenItEnds() {
		this.answers = () -> Mono.delay(Duration.ofSeconds(42), this.time).map((tick) -> answer(1));
		poller(1).start();
		this.time.advanceTimeBy(Duration.ofMinutes(10));
		assertThat(this.starts).hasSizeBetween(12, 13);
		for (int i = 0; i < this.ends.size(); i++) {
			assertThat(this.ends.get(i).minus(this.starts.get(i))).isEqualTo(Duration.ofSeconds(42));
		}
		assertThat(waits()).allMatch((wait) -> isWithin(wait, SHORTEST, LONGEST_FIRST));
		assertThat(this.starts.size() - this.ends.size()).isBetween(0, 1);
	}

	@Test
	void repeatedStartsCreateOnlyOneLoop() {
		DiscoveryPoller poller = poller(1);
		poller.start();
		poller.start();
		this.time.advanceTimeBy(Duration.ofSeconds(4));
		assertThat(this.starts).hasSize(1);
		this.time.advanceTimeBy(Duration.ofSeconds(56));
		assertThat(this.starts).hasSizeBetween(9, 12);
	}

	@Test
	void stopCancelsThePollUnderWayAndPreventsFurtherOnes() {
		this.answers = Mono::never;
		DiscoveryPoller poller = poller(1);
		poller.start();
		this.time.advanceTimeBy(Duration.ofMinutes(1));
		assertThat(this.starts).hasSize(1);
		assertThat(this.cancelled).isZero();
		poller.stop();
		assertThat(this.cancelled).isEqualTo(1);
		this.time.advanceTimeBy(Duration.ofHours(1));
		assertThat(this.starts).hasSize(1);
		assertThat(this.news.failures).isEmpty();
	}

	@Test
	void stopDuringTheDelayPreventsTheNextPoll() {
		DiscoveryPoller poller = poller(1);
		poller.start();
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		poller.stop();
		poller.stop();
		this.time.advanceTimeBy(Duration.ofHours(1));
		assertThat(this.starts).hasSize(1);
		assertThat(this.time.getScheduledTaskCount()).isLessThanOrEqualTo(1);
	}

	@Test
	void loopCanBeRestartedAndKeepsTheList() {
		DiscoveryPoller poller = poller(1);
		poller.start();
		InstanceList list = this.cache.current();
		poller.stop();
		assertThat(this.cache.current()).isSameAs(list);
		this.time.advanceTimeBy(Duration.ofMinutes(1));
		poller.start();
		assertThat(this.starts).containsExactly(Duration.ZERO, Duration.ofMinutes(1));
		this.time.advanceTimeBy(Duration.ofMinutes(1));
		assertThat(this.starts).hasSizeBetween(10, 14);
		assertThat(this.cache.current()).isSameAs(list);
	}

	@Test
	void loopGoesOnAfterEachFailureAndNotifiesTheListener() {
		this.answers = () -> Mono.error(new DiscoveryException("status 500", null));
		poller(1).start();
		this.time.advanceTimeBy(Duration.ofMinutes(1));
		assertThat(this.news.failures).hasSameSizeAs(this.starts).hasSizeBetween(9, 12);
		assertThat(this.news.failures.get(2)).isEqualTo(new DiscoveryState(null, null, "status 500", 3, 0));
		this.answers = () -> Mono.just(answer(1));
		this.time.advanceTimeBy(Duration.ofSeconds(10));
		assertThat(this.cache.state().failures()).isZero();
		assertThat(this.cache.current()).isNotNull();
	}

	@Test
	void loopGoesOnIfDiscoveryThrowsOrCompletesEmptyOrReturnsEmptyList() {
		poller(1).start();
		InstanceList list = this.cache.current();
		this.answers = () -> {
			throw new IllegalStateException("a bug");
		};
		this.time.advanceTimeBy(Duration.ofSeconds(10));
		assertThat(this.cache.state().lastFailure()).contains("IllegalStateException: a bug");
		this.answers = Mono::empty;
		this.time.advanceTimeBy(Duration.ofSeconds(10));
		assertThat(this.cache.state().lastFailure()).isEqualTo("discovery gave no answer");
		this.answers = () -> Mono.just(new DiscoveryAnswer(List.of(), List.of()));
		this.time.advanceTimeBy(Duration.ofSeconds(10));
		assertThat(this.cache.state().lastFailure()).contains("must not be empty");
		assertThat(this.cache.current()).isSameAs(list);
		this.answers = () -> Mono.just(answer(2));
		this.time.advanceTimeBy(Duration.ofSeconds(10));
		assertThat(this.cache.current().instances()).hasToString("[10.0.0.0:8501;2]");
	}

	@Test
	void loopGoesOnIfAListenerThrowsAnException(CapturedOutput output) {
		this.news.bug = new IllegalStateException("a bug");
		poller(1).start();
		this.time.advanceTimeBy(Duration.ofMinutes(1));
		assertThat(this.starts).hasSizeBetween(9, 12);
		assertThat(this.cache.state().failures()).isZero();
		this.answers = () -> Mono.error(new DiscoveryException("status 500", null));
		this.time.advanceTimeBy(Duration.ofMinutes(1));
		assertThat(this.starts).hasSizeGreaterThan(18);
		assertThat(this.cache.state().failures()).isGreaterThan(8);
		assertThat(output).contains("IllegalStateException: a bug");
	}

	@ParameterizedTest
	@FieldSource("ERRORS")
	void errorWhileTheListIsStoredCountsAsFailure(Error error, CapturedOutput output) {
		this.taken = (instances) -> {
			throw error;
		};
		poller(1).start();
		this.time.advanceTimeBy(Duration.ofMinutes(1));
		assertThat(this.starts).hasSizeBetween(9, 12);
		assertThat(this.cache.state().failures()).isEqualTo(this.starts.size());
		assertThat(this.cache.state().lastFailure()).isEqualTo(error.toString());
		assertThat(this.news.failures).hasSameSizeAs(this.starts);
		assertThat(output).contains("mnist: a poll failed unexpectedly");
		this.taken = (instances) -> {
		};
		this.time.advanceTimeBy(Duration.ofSeconds(10));
		assertThat(this.cache.current()).isNotNull();
		assertThat(this.cache.state().failures()).isZero();
	}

	@ParameterizedTest
	@FieldSource("ERRORS")
	void errorOfDiscoveryCountsAsFailure(Error error) {
		this.answers = () -> {
			throw error;
		};
		poller(1).start();
		this.time.advanceTimeBy(Duration.ofSeconds(10));
		assertThat(this.cache.state().lastFailure()).isEqualTo(error.toString());
		this.answers = () -> Mono.fromCallable(() -> {
			throw error;
		});
		this.time.advanceTimeBy(Duration.ofMinutes(1));
		assertThat(this.cache.state().failures()).isEqualTo(this.starts.size()).isGreaterThan(8);
		this.answers = () -> Mono.just(answer(1));
		this.time.advanceTimeBy(Duration.ofSeconds(10));
		assertThat(this.cache.state().failures()).isZero();
	}

	@ParameterizedTest
	@FieldSource("ERRORS")
	void errorOfAListenerIsLoggedOnceAndTheLoopGoesOn(Error error, CapturedOutput output) {
		this.news.bug = error;
		poller(1).start();
		this.time.advanceTimeBy(Duration.ofMinutes(1));
		assertThat(this.starts).hasSizeBetween(9, 12);
		assertThat(this.cache.state().failures()).isZero();
		assertThat(output.toString().lines().filter((line) -> line.contains("mnist: a listener of discovery failed")))
			.hasSize(1);
	}

	@Test
	void droppedItemsAreReportedAndUnchangedListIsTheSameObject() {
		List<EasInstance> instances = TestInstances.instances(1, 2, 3);
		this.answers = () -> Mono.just(new DiscoveryAnswer(instances, List.of("bad")));
		poller(1).start();
		InstanceList list = this.cache.current();
		this.answers = () -> Mono
			.just(new DiscoveryAnswer(List.of(instances.get(2), instances.get(0), instances.get(1)), List.of()));
		this.time.advanceTimeBy(Duration.ofSeconds(10));
		assertThat(this.cache.current()).isSameAs(list);
		this.answers = () -> Mono.just(new DiscoveryAnswer(TestInstances.instances(1, 2, 4), List.of()));
		this.time.advanceTimeBy(Duration.ofSeconds(10));
		assertThat(this.cache.current()).isNotSameAs(list);
		assertThat(this.news.rejected.get(0)).containsExactly("bad");
		assertThat(this.news.rejected.get(1)).isEmpty();
		assertThat(this.news.before.get(0)).isNull();
		assertThat(this.news.before.get(1)).isSameAs(list);
		assertThat(this.news.after.get(0)).isSameAs(list);
		assertThat(this.news.after.get(1)).isSameAs(list);
	}

	private DiscoveryPoller poller(long seed) {
		InstanceDiscovery discovery = () -> {
			this.starts.add(now());
			return this.answers.get().doFinally((signal) -> this.ends.add(now())).doOnCancel(() -> this.cancelled++);
		};
		return new DiscoveryPoller("mnist", discovery, new Taken(), new PollSchedule(SHORTEST, 0.2), this.news,
				this.time, new SplittableRandom(seed));
	}

	private Duration now() {
		return Duration.ofNanos(this.time.now(TimeUnit.NANOSECONDS));
	}

	private List<Duration> waits() {
		List<Duration> waits = new ArrayList<>();
		for (int i = 1; i < this.starts.size(); i++) {
			waits.add(this.starts.get(i).minus(this.ends.get(i - 1)));
		}
		return waits;
	}

	private static boolean isWithin(Duration wait, Duration shortest, Duration longest) {
		return wait.compareTo(shortest) >= 0 && wait.compareTo(longest) <= 0;
	}

	private static DiscoveryAnswer answer(int weight) {
		return new DiscoveryAnswer(TestInstances.instances(weight), List.of());
	}

	/** The cache, and what happens before it takes a list. */
	private final class Taken implements PolledInstances {

		@Override
		public @Nullable InstanceList current() {
			return DiscoveryPollerTests.this.cache.current();
		}

		@Override
		public DiscoveryState state() {
			return DiscoveryPollerTests.this.cache.state();
		}

		@Override
		public InstanceList succeed(List<EasInstance> instances, Source source) {
			DiscoveryPollerTests.this.taken.accept(instances);
			return DiscoveryPollerTests.this.cache.succeed(instances, source);
		}

		@Override
		public void fail(DiscoveryException failure) {
			DiscoveryPollerTests.this.cache.fail(failure);
		}

	}

	/** Remembers what it was told. */
	private static final class News implements PollListener {

		private final List<@Nullable InstanceList> before = new ArrayList<>();

		private final List<InstanceList> after = new ArrayList<>();

		private final List<List<String>> rejected = new ArrayList<>();

		private final List<DiscoveryState> failures = new ArrayList<>();

		private @Nullable Throwable bug;

		@Override
		public void succeeded(@Nullable InstanceList before, InstanceList after, List<String> rejected) {
			this.before.add(before);
			this.after.add(after);
			this.rejected.add(rejected);
			throwBug();
		}

		@Override
		public void failed(DiscoveryState state) {
			this.failures.add(state);
			throwBug();
		}

		private void throwBug() {
			if (this.bug instanceof Error error) {
				throw error;
			}
			if (this.bug instanceof RuntimeException exception) {
				throw exception;
			}
		}

	}

}
