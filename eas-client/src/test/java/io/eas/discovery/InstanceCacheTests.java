package io.eas.discovery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
import io.eas.instance.TestInstances;
import io.eas.test.SettableClock;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What is known, and since when.
 */
class InstanceCacheTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final DiscoveryException notFound = DiscoveryException.notFound("status 404", null);

	private final Instant start = Instant.parse("2026-01-01T00:00:00Z");

	private final SettableClock clock = new SettableClock(this.start);

	private final InstanceCache cache = new InstanceCache(this.clock);

	@Test
	void cacheIsEmptyAtFirst() {
		assertThat(this.cache.current()).isNull();
		assertThat(this.cache.state()).isEqualTo(new DiscoveryState(null, null, null, 0, 0));
		assertThat(this.cache.state().age(this.start)).isNull();
	}

	@Test
	void cacheRecordsWhenAListWasFirstAndLastSeen() {
		this.cache.succeed(TestInstances.instances(1), Source.DISCOVERY);
		this.clock.pass(Duration.ofSeconds(7));
		this.cache.succeed(TestInstances.instances(1), Source.DISCOVERY);
		assertThat(this.cache.current().fetchedAt()).isEqualTo(this.start);
		assertThat(this.cache.state().lastSuccess()).isEqualTo(this.start.plusSeconds(7));
		assertThat(this.cache.state().age(this.start.plusSeconds(10))).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void callersDoNotWaitForServiceThatWasTwiceNotFound() {
		StepVerifier waiting = StepVerifier.create(this.cache.first()).expectErrorMessage("status 404").verifyLater();
		this.cache.fail(this.notFound);
		assertThat(this.cache.state().isNotFound()).isFalse();
		this.cache.fail(this.notFound);
		waiting.verify(PATIENCE);
		assertThat(this.cache.awaitFirst(PATIENCE)).isFalse();
		StepVerifier.create(this.cache.first()).expectErrorMessage("status 404").verify(PATIENCE);
	}

	@Test
	void listThatAppearsLateIsUsed() {
		this.cache.fail(this.notFound);
		this.cache.fail(this.notFound);
		InstanceList list = this.cache.succeed(TestInstances.instances(1), Source.DISCOVERY);
		assertThat(this.cache.first().block(PATIENCE)).isSameAs(list);
		this.cache.fail(this.notFound);
		this.cache.fail(this.notFound);
		assertThat(this.cache.first().block(PATIENCE)).isSameAs(list);
	}

	@Test
	void restartResetsTheFailures() {
		this.cache.fail(this.notFound);
		this.cache.fail(this.notFound);
		this.cache.startOver();
		assertThat(this.cache.state()).isEqualTo(new DiscoveryState(null, null, null, 0, 0));
		StepVerifier waiting = StepVerifier.create(this.cache.first())
			.expectNextCount(1)
			.expectComplete()
			.verifyLater();
		this.cache.fail(this.notFound);
		this.cache.succeed(TestInstances.instances(1), Source.DISCOVERY);
		waiting.verify(PATIENCE);
	}

	@Test
	void callersWaitAgainOnceDiscoveryFailsInAnotherWay() {
		this.cache.fail(this.notFound);
		this.cache.fail(new DiscoveryException("status 503", null));
		this.cache.fail(this.notFound);
		assertThat(this.cache.state().isNotFound()).isFalse();
		this.cache.fail(this.notFound);
		assertThat(this.cache.state().isNotFound()).isTrue();
		this.cache.fail(new DiscoveryException("status 503", null));
		StepVerifier waiting = StepVerifier.create(this.cache.first())
			.expectNextCount(1)
			.expectComplete()
			.verifyLater();
		this.cache.succeed(TestInstances.instances(1), Source.DISCOVERY);
		waiting.verify(PATIENCE);
	}

	@Test
	void listIsKeptThroughFailuresAndFailuresAreCounted() {
		InstanceList list = this.cache.succeed(TestInstances.instances(1), Source.DISCOVERY);
		this.clock.pass(Duration.ofSeconds(7));
		this.cache.fail(new DiscoveryException("status 500", null));
		this.cache.fail(new DiscoveryException("status 503", null));
		assertThat(this.cache.current()).isSameAs(list);
		assertThat(this.cache.state()).isEqualTo(new DiscoveryState(list, this.start, "status 503", 2, 0));
		this.cache.succeed(TestInstances.instances(1), Source.DISCOVERY);
		assertThat(this.cache.state()).isEqualTo(new DiscoveryState(list, this.start.plusSeconds(7), null, 0, 0));
	}

	@Test
	void equalListFromAnotherSourceIsANewList() {
		InstanceList list = this.cache.succeed(TestInstances.instances(1), Source.STATIC);
		assertThat(this.cache.succeed(TestInstances.instances(1), Source.DISCOVERY)).isNotSameAs(list);
	}

	@Test
	void restoredListKeepsItsTimeAndTheFailuresSince() {
		InstanceList list = TestInstances.list(1);
		this.cache.fail(new DiscoveryException("status 500", null));
		assertThat(this.cache.restore(list, this.start.minusSeconds(60))).isTrue();
		assertThat(this.cache.state())
			.isEqualTo(new DiscoveryState(list, this.start.minusSeconds(60), "status 500", 1, 0));
		assertThat(this.cache.awaitFirst(Duration.ZERO)).isTrue();
		StepVerifier.create(this.cache.first()).expectNext(list).expectComplete().verify(PATIENCE);
	}

	@Test
	void listIsNotRestoredIfThereIsOne() {
		InstanceList list = this.cache.succeed(TestInstances.instances(1), Source.DISCOVERY);
		DiscoveryState state = this.cache.state();
		assertThat(this.cache.restore(TestInstances.list(7), this.start.minusSeconds(60))).isFalse();
		assertThat(this.cache.state()).isEqualTo(state);
		assertThat(this.cache.current()).isSameAs(list);
	}

	@RepeatedTest(50)
	void concurrentRestoreNeverReplacesTheListOfDiscovery() throws Exception {
		InstanceList old = TestInstances.list(7);
		CyclicBarrier start = new CyclicBarrier(2);
		CompletableFuture<Boolean> restoring = CompletableFuture.supplyAsync(() -> {
			await(start);
			return this.cache.restore(old, this.start);
		});
		await(start);
		InstanceList list = this.cache.succeed(TestInstances.instances(1), Source.DISCOVERY);
		restoring.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		assertThat(this.cache.current()).isSameAs(list);
		assertThat(this.cache.first().block(PATIENCE)).isIn(list, old);
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void emptyListIsRejectedAndTheCurrentOneKept() {
		InstanceList list = this.cache.succeed(TestInstances.instances(1), Source.DISCOVERY);
		assertThatIllegalArgumentException().isThrownBy(() -> this.cache.succeed(List.of(), Source.DISCOVERY));
		assertThat(this.cache.current()).isSameAs(list);
	}

	@Test
	void derivedListKeepsTheAgeOfTheList() {
		this.cache.succeed(TestInstances.instances(1, 1), Source.DISCOVERY);
		this.cache.fail(new DiscoveryException("status 500", null));
		this.clock.pass(Duration.ofSeconds(7));
		this.cache.use(TestInstances.instances(1), Source.DISCOVERY);
		InstanceList list = this.cache.current();
		assertThat(list.size()).isEqualTo(1);
		assertThat(this.cache.state()).isEqualTo(new DiscoveryState(list, this.start, "status 500", 1, 0));
		this.cache.use(TestInstances.instances(1), Source.DISCOVERY);
		assertThat(this.cache.current()).isSameAs(list);
	}

	@Test
	void confirmationKeepsTheCurrentListOrNone() {
		this.cache.fail(new DiscoveryException("status 500", null));
		this.cache.confirm();
		assertThat(this.cache.state()).isEqualTo(new DiscoveryState(null, this.start, null, 0, 0));
		InstanceList list = this.cache.succeed(TestInstances.instances(1), Source.DISCOVERY);
		this.clock.pass(Duration.ofSeconds(7));
		this.cache.confirm();
		assertThat(this.cache.state()).isEqualTo(new DiscoveryState(list, this.start.plusSeconds(7), null, 0, 0));
	}

	@Test
	void firstListMayArriveBetweenPolls() {
		StepVerifier first = StepVerifier.create(this.cache.first().map(InstanceList::size))
			.expectNext(2)
			.expectComplete()
			.verifyLater();
		this.cache.confirm();
		assertThat(this.cache.awaitFirst(Duration.ZERO)).isFalse();
		this.cache.use(TestInstances.instances(1, 1), Source.DISCOVERY);
		first.verify(PATIENCE);
		assertThat(this.cache.awaitFirst(Duration.ZERO)).isTrue();
	}

	@Test
	void allWaitingSubscribersGetTheFirstListAndLaterOnesAtOnce() {
		StepVerifier first = StepVerifier.create(this.cache.first().map(InstanceList::size))
			.expectNext(2)
			.expectComplete()
			.verifyLater();
		StepVerifier second = StepVerifier.create(this.cache.first().map(InstanceList::size))
			.expectNext(2)
			.expectComplete()
			.verifyLater();
		StepVerifier.create(this.cache.first()).expectSubscription().thenCancel().verify(PATIENCE);
		this.cache.fail(new DiscoveryException("status 500", null));
		this.cache.succeed(TestInstances.instances(1, 1), Source.DISCOVERY);
		first.verify(PATIENCE);
		second.verify(PATIENCE);
		StepVerifier.create(this.cache.first().map(InstanceList::size)).expectNext(2).expectComplete().verify(PATIENCE);
	}

	@Test
	void waitEndsAfterTheTimeoutWithoutAList() {
		assertThat(this.cache.awaitFirst(Duration.ofMillis(20))).isFalse();
		assertThat(this.cache.awaitFirst(Duration.ZERO)).isFalse();
	}

	@Test
	void waitReturnsAtOnceIfThereIsAList() {
		this.cache.succeed(TestInstances.instances(1), Source.DISCOVERY);
		assertThat(this.cache.awaitFirst(Duration.ZERO)).isTrue();
	}

	@Test
	void waitBlocksUntilTheFirstList() throws Exception {
		CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> this.cache.awaitFirst(PATIENCE));
		this.cache.succeed(TestInstances.instances(1), Source.DISCOVERY);
		assertThat(waiting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void interruptEndsTheWaitAndIsRestored() {
		Thread.currentThread().interrupt();
		assertThat(this.cache.awaitFirst(PATIENCE)).isFalse();
		assertThat(Thread.interrupted()).isTrue();
	}

}
