package io.eas.emulator.instance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.HealthCheck;
import io.eas.emulator.lifecycle.Lifecycle;
import io.eas.emulator.lifecycle.LifecycleCommand;
import io.eas.emulator.lifecycle.LifecycleEvent;
import io.eas.emulator.lifecycle.LifecycleState.Phase;
import io.eas.emulator.lifecycle.ProbeWorker;
import io.eas.emulator.lifecycle.Transition;
import io.eas.emulator.probe.ProbeResult;
import io.eas.emulator.process.Ending;
import io.eas.emulator.process.ModelProcess;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Runs an instance from its start until it has ended for good: carries out the commands
 * of a {@link Lifecycle} and reports events to it. Events are handled one after the
 * other; the resulting commands run on a scheduler. Once closed, pending events and
 * commands have no effect.
 */
final class Supervision {

	private final SupervisedProcess process;

	private final Deployment deployment;

	private final ProcessProber prober;

	private final Scheduler scheduler;

	private final Clock clock;

	private final EventPublisher events;

	private final Disposable.Composite timers = Disposables.composite();

	private volatile Lifecycle lifecycle;

	private volatile boolean wasReady;

	private volatile @Nullable Ending lastEnd;

	private volatile boolean closed;

	private @Nullable Launched launched;

	private boolean checked;

	private @Nullable ProbeWorker readiness;

	Supervision(SupervisedProcess process, Deployment deployment, ProcessProber prober, Scheduler scheduler,
			Clock clock, EventPublisher events) {
		this.process = process;
		this.deployment = deployment;
		this.prober = prober;
		this.scheduler = scheduler;
		this.clock = clock;
		this.events = events;
		this.lifecycle = Lifecycle.of(deployment.rules(), clock.instant());
	}

	Lifecycle lifecycle() {
		return this.lifecycle;
	}

	/** Returns whether the instance has ever been ready. */
	boolean wasReady() {
		return this.wasReady;
	}

	/** Returns how the last process ended, or why it could not be started. */
	Optional<Ending> lastEnd() {
		return Optional.ofNullable(this.lastEnd);
	}

	boolean isClosed() {
		return this.closed;
	}

	void begin() {
		on(new LifecycleEvent.Start(this.clock.instant()));
	}

	void stop() {
		on(new LifecycleEvent.Stop(this.clock.instant()));
	}

	synchronized void close() {
		this.closed = true;
		this.timers.dispose();
		notifyAll();
	}

	/**
	 * Waits until a condition holds or this supervision is closed.
	 * @return whether the condition holds
	 */
	synchronized boolean await(Predicate<Lifecycle> condition, Duration timeout) {
		long deadline = System.nanoTime() + timeout.toNanos();
		try {
			long left = timeout.toMillis();
			while (!this.closed && left > 0 && !condition.test(this.lifecycle)) {
				wait(left);
				left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
			}
			return condition.test(this.lifecycle);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while waiting for an instance", ex);
		}
	}

	private synchronized void on(LifecycleEvent event) {
		if (this.closed) {
			return;
		}
		Transition transition = this.lifecycle.on(event);
		this.lifecycle = transition.next();
		this.wasReady |= this.lifecycle.isReady();
		transition.commands().forEach(this::schedule);
		this.events.publish(this.lifecycle, event, this.process.running());
		notifyAll();
	}

	private void schedule(LifecycleCommand command) {
		if (command instanceof LifecycleCommand.WakeUp wakeUp) {
			Duration pause = Duration.between(this.clock.instant(), wakeUp.at());
			after(pause, () -> on(new LifecycleEvent.BackOffOver(wakeUp.run(), this.clock.instant())));
		}
		else if (command instanceof LifecycleCommand.Launch launch) {
			afterEndOfLast(() -> after(Duration.ZERO, () -> launch(launch.run())));
		}
		else if (command instanceof LifecycleCommand.Terminate terminate) {
			terminate(terminate);
		}
		else if (command instanceof LifecycleCommand.CheckReadiness) {
			// for the first process, the worker begins with a check
			Optional.ofNullable(this.readiness).ifPresent((worker) -> after(Duration.ZERO, worker::trigger));
		}
		else {
			current(command.run()).ifPresent((target) -> after(Duration.ZERO, target::killLater));
		}
	}

	/**
	 * Runs a task once all descendants of the previous process have ended, as in a
	 * container.
	 */
	private void afterEndOfLast(Runnable task) {
		Launched last = this.launched;
		if (last != null) {
			last.process().onEndOfAll(task);
		}
		else {
			task.run();
		}
	}

	/** Sends SIGTERM, as EAS does, only if the descriptor enables it. */
	private void terminate(LifecycleCommand.Terminate terminate) {
		boolean retired = this.lifecycle.state().phase() == Phase.STOPPING;
		if (!retired || this.deployment.sigterm()) {
			current(terminate.run()).ifPresent((target) -> after(Duration.ZERO, () -> this.process.askToEnd(target)));
		}
		after(terminate.grace(), () -> on(new LifecycleEvent.GraceOver(terminate.run(), this.clock.instant())));
	}

	private Optional<ModelProcess> current(int run) {
		return Optional.ofNullable(this.launched).filter((last) -> last.run() == run).map(Launched::process);
	}

	private void launch(int run) {
		try {
			launched(new Launched(run, this.process.start(), this.clock.instant()));
		}
		catch (RuntimeException | Error ex) {
			Ending end = Ending.notStarted(ex);
			this.lastEnd = end;
			on(new LifecycleEvent.Exited(run, end.how(), this.clock.instant()));
		}
	}

	private void launched(Launched started) {
		synchronized (this) {
			this.launched = started;
			on(new LifecycleEvent.Started(started.run(), started.at()));
			startWorkers();
		}
		started.process().onExit(() -> exited(started));
		if (!isWanted(started)) {
			started.process().killLater();
		}
	}

	/**
	 * Returns whether a process that was just started must keep running. It must end if
	 * the instance was stopped during the start. If only a check has failed in the
	 * meantime, the process keeps running until its grace period is over.
	 */
	private synchronized boolean isWanted(Launched started) {
		Phase phase = this.lifecycle.state().phase();
		return !this.closed && this.lifecycle.run() == started.run() && (phase.isRunning() || phase == Phase.KILLED);
	}

	private void exited(Launched ended) {
		Instant now = this.clock.instant();
		Ending end = Ending.of(ended.process());
		this.lastEnd = end;
		try {
			this.process.ended(ended.process());
		}
		finally {
			on(new LifecycleEvent.Exited(ended.run(), end.how(), now));
		}
	}

	/** Starts the workers with the first process. They keep ticking through restarts. */
	private void startWorkers() {
		if (!this.checked) {
			this.checked = true;
			this.deployment.checks()
				.forEach((kind, check) -> this.timers.add(worker(kind, check).start(this.scheduler)));
		}
	}

	private ProbeWorker worker(CheckKind kind, HealthCheck check) {
		ProbeWorker worker = new ProbeWorker(kind, check, this::probe, this::lifecycle, this::on, this.clock);
		if (kind == CheckKind.READINESS) {
			this.readiness = worker;
		}
		return worker;
	}

	private Mono<ProbeResult> probe(HealthCheck check) {
		return Mono.justOrEmpty(this.process.running())
			.flatMap((running) -> this.prober.probe(check, running))
			.defaultIfEmpty(new ProbeResult.Discarded("no process"));
	}

	private void after(Duration delay, Runnable task) {
		Disposable.Swap timer = Disposables.swap();
		this.timers.add(timer);
		timer.update(this.scheduler.schedule(() -> {
			this.timers.remove(timer);
			task.run();
		}, Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS));
	}

	/**
	 * A started process with its number.
	 *
	 * @param run the number
	 * @param process the process
	 * @param at when the process started
	 */
	private record Launched(int run, ModelProcess process, Instant at) {
	}

}
