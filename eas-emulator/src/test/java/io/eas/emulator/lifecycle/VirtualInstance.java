package io.eas.emulator.lifecycle;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.HealthCheck;
import io.eas.emulator.lifecycle.LifecycleState.Phase;
import io.eas.emulator.probe.ProbeResult;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * An instance in virtual time: a {@link Lifecycle} and its {@link ProbeWorker}s, with a
 * process that only a test knows of. The workers start first, as in a pod, and the
 * process at random within ten seconds. Times are milliseconds.
 */
final class VirtualInstance extends Clock {

	private static final Duration STEP = Duration.ofSeconds(10);

	private static final Duration LONG = Duration.ofMinutes(10);

	private final Map<CheckKind, HealthCheck> checks;

	private final Model model;

	private final Random random;

	private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();

	private ProbeWorker readiness;

	private Lifecycle lifecycle;

	VirtualInstance(Map<CheckKind, HealthCheck> checks, int grace, Random random, Model model) {
		this.checks = checks;
		this.model = model;
		this.random = random;
		this.lifecycle = Lifecycle.of(new LifecycleRules(
				checks.entrySet()
					.stream()
					.collect(Collectors.toMap(Map.Entry::getKey, (check) -> check.getValue().timings())),
				Duration.ofSeconds(grace)), instant());
	}

	/** Runs until the model has seen enough. */
	void run() {
		this.checks.forEach((kind, check) -> {
			ProbeWorker worker = new ProbeWorker(kind, check, (same) -> check(kind), () -> this.lifecycle, this::on,
					this);
			this.readiness = (kind == CheckKind.READINESS) ? worker : this.readiness;
			worker.start(this.scheduler);
		});
		after(this.random.nextInt(10_000), () -> on(new LifecycleEvent.Start(instant())));
		for (Duration time = Duration.ZERO; time.compareTo(LONG) < 0 && !this.model.isDone(); time = time.plus(STEP)) {
			this.scheduler.advanceTimeBy(STEP);
		}
		this.scheduler.dispose();
	}

	private Mono<ProbeResult> check(CheckKind kind) {
		Answer answer = this.model.check(kind, millis());
		ProbeResult result = answer.passes() ? new ProbeResult.Success("fine") : new ProbeResult.Failure("broken");
		return (answer.millis() > 0)
				? Mono.delay(Duration.ofMillis(answer.millis()), this.scheduler).map((over) -> result)
				: Mono.just(result);
	}

	private void on(LifecycleEvent event) {
		Lifecycle before = this.lifecycle;
		Transition transition = before.on(event);
		this.lifecycle = transition.next();
		if (event instanceof LifecycleEvent.Started) {
			this.model.happened(Change.STARTED, millis());
		}
		if (before.state().phase() != Phase.KILLED && this.lifecycle.state().phase() == Phase.KILLED) {
			this.model.happened(Change.KILLED, millis());
		}
		if (before.isReady() != this.lifecycle.isReady()) {
			this.model.happened(before.isReady() ? Change.UNLISTED : Change.LISTED, millis());
		}
		if (event instanceof LifecycleEvent.Exited exited && before.run() == exited.run()) {
			this.model.happened(Change.GONE, millis());
		}
		transition.commands().forEach(this::execute);
	}

	private void execute(LifecycleCommand command) {
		int run = command.run();
		if (command instanceof LifecycleCommand.Launch) {
			after(0, () -> on(new LifecycleEvent.Started(run, instant())));
		}
		else if (command instanceof LifecycleCommand.CheckReadiness) {
			after(0, () -> Optional.ofNullable(this.readiness).ifPresent(ProbeWorker::trigger));
		}
		else if (command instanceof LifecycleCommand.WakeUp wakeUp) {
			after(Duration.between(instant(), wakeUp.at()).toMillis(),
					() -> on(new LifecycleEvent.BackOffOver(run, instant())));
		}
		else if (command instanceof LifecycleCommand.Terminate terminate) {
			long grace = terminate.grace().toMillis();
			if (this.random.nextBoolean()) {
				after(this.random.nextInt((int) grace + 1), () -> exit(run));
			}
			after(grace, () -> on(new LifecycleEvent.GraceOver(run, instant())));
		}
		else {
			exit(run);
		}
	}

	private void exit(int run) {
		if (this.lifecycle.run() == run && this.lifecycle.state().phase() == Phase.KILLED) {
			on(new LifecycleEvent.Exited(run, "ended", instant()));
		}
	}

	private void after(long millis, Runnable task) {
		this.scheduler.schedule(task, millis, TimeUnit.MILLISECONDS);
	}

	@Override
	public Instant instant() {
		return Instant.ofEpochMilli(this.scheduler.now(TimeUnit.MILLISECONDS));
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return this;
	}

	/** What happens to it. */
	enum Change {

		STARTED, LISTED, UNLISTED, KILLED, GONE

	}

	/** What its process answers, and hears of. */
	interface Model {

		Answer check(CheckKind kind, long now);

		void happened(Change change, long now);

		boolean isDone();

	}

	/** What a check comes to, and after how long. */
	record Answer(boolean passes, long millis) {
	}

}
