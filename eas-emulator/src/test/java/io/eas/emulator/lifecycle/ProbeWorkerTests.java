package io.eas.emulator.lifecycle;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.CheckMethod;
import io.eas.deployment.model.HealthCheck;
import io.eas.deployment.model.OtherKeys;
import io.eas.deployment.model.Timings;
import io.eas.emulator.lifecycle.LifecycleEvent.Probed;
import io.eas.emulator.lifecycle.LifecycleState.Phase;
import io.eas.emulator.probe.ProbeResult;
import io.eas.test.SettableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A worker, ticked by hand and by virtual time.
 */
class ProbeWorkerTests {

	private static final Duration SOON = Duration.ofSeconds(5);

	private static final ProbeResult FINE = new ProbeResult.Success("fine");

	private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();

	private final SettableClock clock = new SettableClock(Instant.EPOCH);

	private final TestLife life = new TestLife().with(CheckKind.READINESS, 5, 2, 1);

	private final List<LifecycleEvent> events = new ArrayList<>();

	@AfterEach
	void dispose() {
		this.scheduler.dispose();
	}

	private ProbeWorker worker(Probing probing) {
		HealthCheck check = new HealthCheck(new CheckMethod.TcpSocket(1, OtherKeys.NONE), new Timings(5, 10, 1, 2, 1),
				OtherKeys.NONE);
		return new ProbeWorker(CheckKind.READINESS, check, probing, this.life::lifecycle, this::take, this.clock);
	}

	private void take(LifecycleEvent event) {
		this.events.add(event);
		this.life.on(event);
	}

	private void tick(ProbeWorker worker) {
		StepVerifier.create(worker.tick()).expectComplete().verify(SOON);
	}

	@Test
	void checksOnlyWhenItIsDue() {
		ProbeWorker worker = worker((check) -> Mono.just(FINE));
		tick(worker); // nothing runs
		this.life.running();
		tick(worker); // within the delay
		assertThat(this.events).isEmpty();
		this.clock.pass(SOON);
		tick(worker);
		assertThat(this.events).containsExactly(new Probed(1, CheckKind.READINESS, FINE, this.clock.instant()));
	}

	@Test
	void twoSuccessesMakeItReadyAndOneFailureUnready() {
		List<ProbeResult> results = new ArrayList<>(List.of(FINE, FINE, new ProbeResult.Failure("broken")));
		ProbeWorker worker = worker((check) -> Mono.fromSupplier(() -> results.remove(0)));
		this.life.running();
		this.clock.pass(SOON);
		tick(worker);
		assertThat(this.life.state().phase()).isEqualTo(Phase.NOT_READY);
		tick(worker);
		assertThat(this.life.state().phase()).isEqualTo(Phase.READY);
		tick(worker);
		assertThat(this.life.state().phase()).isEqualTo(Phase.NOT_READY);
	}

	@Test
	void anEventBelongsToTheRunThatWasChecked() {
		Sinks.One<ProbeResult> answer = Sinks.one();
		ProbeWorker worker = worker((check) -> answer.asMono());
		this.life.running();
		this.clock.pass(SOON);
		Disposable check = worker.tick().subscribe();
		this.life.exited().started();
		answer.tryEmitValue(FINE);
		assertThat(this.events).singleElement()
			.isInstanceOfSatisfying(Probed.class, (event) -> assertThat(event.run()).isEqualTo(1));
		assertThat(this.life.lifecycle().lastResults()).isEmpty();
		assertThat(check.isDisposed()).isTrue();
	}

	@Test
	void aCheckThatThrowsIsDiscarded() {
		this.life.running();
		this.clock.pass(SOON);
		tick(worker((check) -> Mono.error(new IllegalStateException("broken"))));
		tick(worker((check) -> {
			throw new IllegalStateException("broken");
		}));
		assertThat(this.events).hasSize(2)
			.allSatisfy((event) -> assertThat(((Probed) event).result()).isInstanceOf(ProbeResult.Discarded.class));
	}

	@Test
	void ticksAtOnceAndThenEveryPeriod() {
		this.life.running();
		this.clock.pass(SOON);
		Disposable ticks = worker((check) -> Mono.just(FINE)).start(this.scheduler);
		pass(0);
		assertThat(this.events).hasSize(1);
		pass(9);
		assertThat(this.events).hasSize(1);
		pass(1);
		assertThat(this.events).hasSize(2);
		pass(20);
		assertThat(this.events).hasSize(4);
		ticks.dispose();
		pass(20);
		assertThat(this.events).hasSize(4);
	}

	@Test
	void ticksDuringALongCheckAreDroppedExceptOne() {
		AtomicInteger running = new AtomicInteger();
		AtomicInteger begun = new AtomicInteger();
		Probing slow = (check) -> Mono.fromRunnable(() -> {
			assertThat(running.incrementAndGet()).isEqualTo(1);
			begun.incrementAndGet();
		})
			.then(Mono.delay(Duration.ofSeconds(35), this.scheduler))
			.map((over) -> FINE)
			.doOnTerminate(running::decrementAndGet)
			.doOnCancel(running::decrementAndGet);
		this.life.running();
		this.clock.pass(SOON);
		Disposable ticks = worker(slow).start(this.scheduler);
		pass(34);
		assertThat(begun).hasValue(1);
		pass(1); // three ticks fell into it, one of them is made up for
		assertThat(begun).hasValue(2);
		assertThat(this.events).hasSize(1);
		ticks.dispose();
		assertThat(running).hasValue(0);
	}

	@Test
	void triggerRunsAnAdditionalCheck() {
		this.life.running();
		this.clock.pass(SOON);
		ProbeWorker worker = worker((check) -> Mono.just(FINE));
		worker.trigger(); // hasn't started yet
		Disposable ticks = worker.start(this.scheduler);
		pass(4);
		assertThat(this.events).hasSize(1);
		worker.trigger();
		assertThat(this.events).hasSize(2);
		pass(5);
		assertThat(this.events).hasSize(2);
		pass(1);
		assertThat(this.events).hasSize(3);
		ticks.dispose();
	}

	@Test
	void triggersDuringACheckAreCarriedOutOnce() {
		AtomicInteger begun = new AtomicInteger();
		ProbeWorker worker = worker((check) -> Mono.delay(Duration.ofSeconds(6), this.scheduler)
			.map((over) -> FINE)
			.doOnSubscribe((subscribed) -> begun.incrementAndGet()));
		this.life.running();
		this.clock.pass(SOON);
		Disposable ticks = worker.start(this.scheduler);
		pass(5);
		worker.trigger();
		worker.trigger();
		assertThat(begun).hasValue(1);
		pass(1);
		assertThat(begun).hasValue(2);
		pass(5); // with a tick at 10 s
		assertThat(begun).hasValue(2);
		pass(1);
		assertThat(begun).hasValue(3);
		pass(7);
		assertThat(begun).hasValue(3);
		pass(1);
		assertThat(begun).hasValue(4);
		ticks.dispose();
	}

	@Test
	void aFailedTickDoesNotEndTheWorker() {
		AtomicInteger taken = new AtomicInteger();
		this.life.running();
		this.clock.pass(SOON);
		HealthCheck check = new HealthCheck(new CheckMethod.TcpSocket(1, OtherKeys.NONE), new Timings(0, 10, 1, 1, 1),
				OtherKeys.NONE);
		ProbeWorker worker = new ProbeWorker(CheckKind.READINESS, check, (same) -> Mono.just(FINE),
				this.life::lifecycle, (event) -> {
					taken.incrementAndGet();
					throw new WithoutStackTrace();
				}, Clock.fixed(this.clock.instant(), this.clock.getZone()));
		Disposable ticks = worker.start(this.scheduler);
		pass(10);
		assertThat(taken).hasValue(2);
		ticks.dispose();
	}

	@Test
	void aFatalErrorDoesNotEndTheWorker() {
		AtomicInteger taken = new AtomicInteger();
		this.life.running();
		this.clock.pass(SOON);
		List<Mono<ProbeResult>> checks = new ArrayList<>(
				List.of(Mono.fromCallable(() -> fail(new NoClassDefFoundError("in a check"))), Mono.just(FINE),
						Mono.just(FINE)));
		HealthCheck check = new HealthCheck(new CheckMethod.TcpSocket(1, OtherKeys.NONE), new Timings(0, 10, 1, 1, 1),
				OtherKeys.NONE);
		ProbeWorker worker = new ProbeWorker(CheckKind.READINESS, check, (same) -> checks.remove(0),
				this.life::lifecycle, (event) -> {
					if (taken.incrementAndGet() == 2) {
						fail(new StackOverflowError("in a listener"));
					}
				}, Clock.fixed(this.clock.instant(), this.clock.getZone()));
		Disposable ticks = worker.start(this.scheduler);
		pass(20);
		assertThat(taken).hasValue(3);
		ticks.dispose();
	}

	/** What Reactor leaves of one that throws a LinkageError on a thread of its own. */
	@Test
	void checkThatNeverEndsIsGivenUp() {
		this.life.running();
		this.clock.pass(SOON);
		List<Mono<ProbeResult>> checks = new ArrayList<>(List.of(Mono.never(), Mono.just(FINE)));
		Disposable ticks = worker((check) -> checks.remove(0)).start(this.scheduler);
		pass(60);
		assertThat(this.events).isEmpty();
		this.clock.pass(Duration.ofMinutes(1));
		pass(10);
		assertThat(this.events).first().isEqualTo(new Probed(1, CheckKind.READINESS, FINE, this.clock.instant()));
		ticks.dispose();
	}

	private static ProbeResult fail(Error error) {
		error.setStackTrace(new StackTraceElement[0]);
		throw error;
	}

	private void pass(long seconds) {
		this.scheduler.advanceTimeBy(Duration.ofSeconds(seconds));
	}

	/** To be logged in one line. */
	private static final class WithoutStackTrace extends RuntimeException {

		private static final long serialVersionUID = 1L;

		WithoutStackTrace() {
			super("nobody takes this", null, false, false);
		}

	}

}
