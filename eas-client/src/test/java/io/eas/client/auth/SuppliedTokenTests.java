package io.eas.client.auth;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** When a supplier is asked. Time is virtual. */
class SuppliedTokenTests {

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final List<Long> asked = new ArrayList<>();

	private Supplier<Mono<String>> vault = () -> Mono.just("first");

	private final SuppliedToken token = new SuppliedToken((alias) -> {
		this.asked.add(Duration.ofNanos(this.time.now(TimeUnit.NANOSECONDS)).toSeconds());
		return this.vault.get();
	}, "mnist", this.time, this.time);

	@AfterEach
	void stop() {
		this.token.stop();
		this.time.dispose();
	}

	private void seconds(long seconds) {
		this.time.advanceTimeBy(Duration.ofSeconds(seconds));
	}

	@Test
	void isAskedOncePerInterval() {
		this.token.start();
		this.token.start();
		seconds(0);
		assertThat(this.token.token()).isEqualTo("first");
		this.vault = () -> Mono.just("second");
		seconds(59);
		assertThat(this.token.token()).isEqualTo("first");
		seconds(61);
		assertThat(this.token.token()).isEqualTo("second");
		assertThat(this.asked).containsExactly(0L, 60L, 120L);
	}

	@Test
	void isAskedSoonerAfterFailures() {
		this.vault = () -> Mono.error(new LinkageError());
		this.token.start();
		seconds(31);
		assertThat(this.token.isKnown()).isFalse();
		assertThat(this.asked).containsExactly(0L, 1L, 3L, 7L, 15L, 31L);
		this.vault = () -> Mono.just("first");
		seconds(32);
		assertThat(this.token.token()).isEqualTo("first");
	}

	@Test
	void whateverIsNoTokenKeepsTheOneBefore() {
		this.token.start();
		seconds(0);
		List<Supplier<Mono<String>>> bad = List.of(Mono::empty, () -> Mono.just(""), () -> Mono.just("a b"), () -> null,
				() -> {
					throw new OutOfMemoryError();
				});
		for (Supplier<Mono<String>> answer : bad) {
			this.vault = answer;
			seconds(200);
			assertThat(this.token.token()).isEqualTo("first");
		}
		this.vault = () -> Mono.just("second");
		seconds(60);
		assertThat(this.token.token()).isEqualTo("second");
	}

	@Test
	void reasonOfTheLastFailureShowsNothingThatTheSupplierSays() {
		Map<Supplier<Mono<String>>, String> bad = new LinkedHashMap<>();
		bad.put(Mono::empty, "its Mono is empty");
		bad.put(() -> null, "it has returned null instead of a Mono");
		bad.put(() -> Mono.just(""), "its token can't be sent: it is empty");
		bad.put(() -> Mono.just("sEcReT\n"),
				"its token can't be sent: it has characters other than visible ASCII, such as U+000A");
		bad.put(() -> Mono.error(new IllegalStateException("sEcReT")), "java.lang.IllegalStateException");
		bad.put(Mono::never, "it has given no token for 10 s");
		this.vault = Mono::empty;
		this.token.start();
		bad.forEach((answer, reason) -> {
			this.vault = answer;
			seconds(200);
			assertThat(this.token.lastFailure()).isEqualTo(reason);
		});
		this.vault = () -> Mono.just("first");
		seconds(200);
		assertThat(this.token.lastFailure()).isNull();
	}

	@Test
	void silentSupplierIsGivenUpAfterTenSeconds() {
		this.vault = Mono::never;
		this.token.start();
		seconds(11);
		assertThat(this.asked).containsExactly(0L, 11L);
	}

	@Test
	void waitingForTheFirstTokenStartsTheLoop() {
		StepVerifier.create(this.token.pending())
			.then(() -> seconds(0))
			.expectComplete()
			.verify(Duration.ofSeconds(20));
		assertThat(this.token.isKnown()).isTrue();
	}

	@Test
	void callThatWaitsGoesOnWithTheTokenThatReplacesThisOne() {
		this.vault = Mono::never;
		TokenSource next = TokenSource.fixed("next");
		StepVerifier.create(this.token.pending())
			.then(() -> this.token.retire(next))
			.expectComplete()
			.verify(Duration.ofSeconds(20));
		assertThat(this.token.pending()).isNull();
		assertThat(this.token.token()).isEqualTo("next");
	}

	@Test
	void callThatWaitsForAReplacementWaitsForItsFirstToken() {
		this.vault = Mono::never;
		Sinks.One<String> later = Sinks.one();
		SuppliedToken next = new SuppliedToken((alias) -> later.asMono(), "mnist", this.time, this.time);
		Mono<Void> early = this.token.pending();
		StepVerifier.create(this.token.pending())
			.then(() -> this.token.retire(next))
			.then(() -> seconds(0))
			.then(() -> later.tryEmitValue("next"))
			.expectComplete()
			.verify(Duration.ofSeconds(20));
		StepVerifier.create(early).expectComplete().verify(Duration.ofSeconds(20));
		assertThat(this.token.token()).isEqualTo("next");
		next.stop();
	}

	@Test
	void callThatWaitsFailsIfThereIsNoTokenAnyMore() {
		this.vault = Mono::never;
		StepVerifier.create(this.token.pending())
			.then(() -> this.token.retire(null))
			.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(IllegalStateException.class)
				.hasMessageContaining("make the call again"))
			.verify(Duration.ofSeconds(20));
	}

	@Test
	void retiredTokenKeepsTheOneItHasAndAsksNoMore() {
		this.token.start();
		seconds(0);
		this.token.retire(TokenSource.fixed("next"));
		this.token.start();
		seconds(600);
		assertThat(this.token.token()).isEqualTo("first");
		assertThat(this.asked).containsExactly(0L);
	}

	@Test
	void waitThatBeginsAfterTheReplacementAsksNobody() {
		Mono<Void> pending = this.token.pending();
		this.token.retire(TokenSource.fixed("next"));
		StepVerifier.create(pending).expectComplete().verify(Duration.ofSeconds(20));
		seconds(600);
		assertThat(this.asked).isEmpty();
	}

	@Test
	void isNotAskedAfterTheStop() {
		this.token.start();
		seconds(0);
		this.token.stop();
		seconds(600);
		assertThat(this.asked).containsExactly(0L);
		assertThat(this.token.token()).isEqualTo("first");
	}

	@Test
	void supplierThatBlocksIsGivenUpAndAskedAgain() {
		Scheduler askers = Schedulers.newBoundedElastic(2, 10, "askers");
		Semaphore answers = new Semaphore(0);
		SuppliedToken blocked = new SuppliedToken((alias) -> Mono.fromCallable(() -> {
			answers.acquire();
			return "late";
		}), "mnist", askers, this.time);
		try {
			blocked.start();
			await().until(answers::hasQueuedThreads);
			seconds(10); // the longest answer
			await().until(() -> !answers.hasQueuedThreads());
			answers.release();
			seconds(1); // the first pause
			await().until(blocked::isKnown);
			assertThat(blocked.token()).isEqualTo("late");
		}
		finally {
			blocked.stop();
			askers.dispose();
		}
	}

	@Test
	void intervalMayBeAsLongAsADurationCanBe() {
		EasTokenSupplier once = new EasTokenSupplier() {

			@Override
			public Mono<String> token(String alias) {
				SuppliedTokenTests.this.asked.add(0L);
				return Mono.just("kept");
			}

			@Override
			public Duration refreshInterval() {
				return ChronoUnit.FOREVER.getDuration();
			}

		};
		SuppliedToken kept = new SuppliedToken(once, "mnist", this.time, this.time);
		kept.start();
		seconds(600);
		assertThat(kept.token()).isEqualTo("kept");
		assertThat(this.asked).hasSize(1);
		kept.stop();
	}

	@Test
	void doesNotShowItself() {
		this.token.start();
		seconds(0);
		assertThat(this.token).hasToString("the token of an EasTokenSupplier");
	}

}
