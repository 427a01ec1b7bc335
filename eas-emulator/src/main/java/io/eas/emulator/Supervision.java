package io.eas.emulator;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.eas.deployment.HealthCheck;
import io.eas.emulator.lifecycle.Lifecycle;
import io.eas.emulator.lifecycle.LifecycleCommand;
import io.eas.emulator.lifecycle.LifecycleEvent;
import io.eas.emulator.lifecycle.LifecycleState;
import io.eas.emulator.lifecycle.Phase;
import io.eas.emulator.lifecycle.ProbeWorker;
import io.eas.emulator.lifecycle.Transition;
import io.eas.emulator.probe.ProbeResult;
import io.eas.emulator.process.Ending;
import io.eas.emulator.process.ModelProcess;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Does what {@link Lifecycle} decides, and tells it what happens. Events are dealt with
 * one after the other; what they lead to is done on a scheduler.
 */
final class Supervision {

	private static final Logger LOGGER = LoggerFactory.getLogger(Supervision.class);

	private final String name;

	private final Deployment deployment;

	private final SupervisedProcess process;

	private final Checkup checkup;

	private final Scheduler scheduler;

	private final Clock clock;

	/** Of this life: workers, and what is due later. */
	private Disposable.Composite timers = Disposables.composite();

	private volatile Lifecycle lifecycle;

	private LifecycleState told;

	private volatile boolean everReady;

	private volatile @Nullable Ending lastEnding;

	private boolean closed;

	Supervision(String name, Deployment deployment, SupervisedProcess process, Checkup checkup, Scheduler scheduler,
			Clock clock) {
		this.name = name;
		this.deployment = deployment;
		this.process = process;
		this.checkup = checkup;
		this.scheduler = scheduler;
		this.clock = clock;
		this.lifecycle = Lifecycle.of(deployment.rules(), clock.instant());
		this.told = this.lifecycle.state();
	}

	Lifecycle lifecycle() {
		return this.lifecycle;
	}

	/** Whether it has ever been ready in this life. */
	boolean wasReady() {
		return this.everReady;
	}

	/** How its last process ended, if one has. */
	@Nullable Ending lastEnding() {
		return this.lastEnding;
	}

	/** Begins a life; if there was one before, it has come to its end. */
	synchronized void begin() {
		this.timers.dispose();
		this.timers = Disposables.composite();
		this.lastEnding = null;
		this.everReady = false;
		this.lifecycle = Lifecycle.of(this.deployment.rules(), this.clock.instant());
		on(new LifecycleEvent.Start(this.clock.instant()));
	}

	void stop() {
		on(new LifecycleEvent.Stop(this.clock.instant()));
	}

	/** Nothing happens any more. */
	synchronized void close() {
		this.closed = true;
		this.timers.dispose();
		notifyAll();
	}

	/**
	 * Waits until a life has come to something.
	 * @return whether it has
	 */
	synchronized boolean await(Predicate<Lifecycle> condition, Duration timeout) {
		long deadline = System.nanoTime() + timeout.toNanos();
		try {
			long left = timeout.toMillis();
			while (!this.closed && left > 0 && !condition.test(this.lifecycle)) {
				wait(left);
				left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return condition.test(this.lifecycle);
	}

	/** The first checks are due with the first process; later ones find their ticks. */
	private synchronized void startWorkers() {
		this.deployment.checks()
			.forEach((kind, check) -> this.timers
				.add(new ProbeWorker(kind, check, this::probe, this::lifecycle, this::on, this.clock)
					.start(this.scheduler)));
	}

	private Mono<ProbeResult> probe(HealthCheck check) {
		return Mono.justOrEmpty(this.process.running())
			.flatMap((running) -> this.checkup.probe(check, running))
			.defaultIfEmpty(new ProbeResult.Discarded("no process"));
	}

	private synchronized void on(LifecycleEvent event) {
		if (this.closed) {
			return;
		}
		LifecycleState before = this.told;
		Transition transition = this.lifecycle.on(event);
		this.lifecycle = transition.next();
		this.everReady |= this.lifecycle.isReady();
		transition.commands().forEach(this::schedule);
		if (this.lifecycle.state().phase() != before.phase()) {
			this.told = this.lifecycle.state();
			tell(new InstanceEvent(event.at(), this.deployment.service(), this.name, before, this.lifecycle.state(),
					Reasons.of(this.lifecycle, event, this.process.running())));
		}
		notifyAll();
	}

	private void tell(InstanceEvent event) {
		try {
			this.deployment.events().accept(event);
		}
		catch (RuntimeException ex) {
			LOGGER.warn("{}: whoever listens to events has failed", this.name, ex);
		}
	}

	private void schedule(LifecycleCommand command) {
		if (command instanceof LifecycleCommand.WakeUp wakeUp) {
			Duration pause = Duration.between(this.clock.instant(), wakeUp.at());
			after(pause, () -> on(new LifecycleEvent.BackOffOver(wakeUp.run(), this.clock.instant())));
		}
		else if (command instanceof LifecycleCommand.Launch launch) {
			after(Duration.ZERO, () -> launch(launch.run()));
		}
		else if (command instanceof LifecycleCommand.Terminate terminate) {
			end(terminate);
		}
		else {
			after(Duration.ZERO, this.process::kill);
		}
	}

	private void end(LifecycleCommand.Terminate terminate) {
		boolean retired = this.lifecycle.state().phase() == Phase.STOPPING;
		if (!retired || this.deployment.sigterm()) {
			after(Duration.ZERO, this.process::askToEnd);
		}
		after(terminate.grace(), () -> on(new LifecycleEvent.GraceOver(terminate.run(), this.clock.instant())));
	}

	private void launch(int run) {
		try {
			ModelProcess started = this.process.start();
			on(new LifecycleEvent.Started(run, this.clock.instant()));
			if (run == 1) {
				startWorkers();
			}
			started.onExit(() -> exited(run, started));
			if (this.lifecycle.run() != run || !this.lifecycle.state().phase().isRunning()) {
				started.kill(); // it was stopped meanwhile
			}
		}
		catch (RuntimeException ex) {
			on(new LifecycleEvent.Exited(run, String.valueOf(ex.getMessage()), this.clock.instant()));
		}
	}

	private void exited(int run, ModelProcess ended) {
		Ending ending = ended.ending();
		this.lastEnding = ending;
		this.process.ended(ended);
		on(new LifecycleEvent.Exited(run, ending.toString(), this.clock.instant()));
	}

	private synchronized void after(Duration delay, Runnable task) {
		Disposable.Composite ofThisLife = this.timers;
		Disposable.Swap timer = Disposables.swap();
		ofThisLife.add(timer);
		timer.update(this.scheduler.schedule(() -> {
			ofThisLife.remove(timer);
			task.run();
		}, Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS));
	}

}
