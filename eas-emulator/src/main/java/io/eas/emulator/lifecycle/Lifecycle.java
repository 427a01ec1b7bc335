package io.eas.emulator.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.Timings;
import io.eas.emulator.lifecycle.LifecycleCommand.Kill;
import io.eas.emulator.lifecycle.LifecycleCommand.Launch;
import io.eas.emulator.lifecycle.LifecycleCommand.Terminate;
import io.eas.emulator.lifecycle.LifecycleCommand.WakeUp;
import io.eas.emulator.lifecycle.LifecycleState.Phase;
import io.eas.emulator.probe.ProbeResult;

/**
 * The life of one instance: a value that takes events and answers commands. Knows no
 * clock, every event brings its time; starts and ends nothing itself. Immutable. <pre>
 * Waiting -> Starting -> NotReady &lt;-> Ready    a check decides; without one it has succeeded
 *    ^           |________|_________|
 *    |           | check failed     | ended by itself
 *    |        Killed ---- ended --> | -> BackingOff
 *    |______________________________|________|       Stop: from everywhere to Stopping, Stopped
 * </pre> Source of the rules: kubernetes {@code pkg/kubelet/prober/worker.go} and, for
 * the pauses, {@link BackOff}.
 */
public final class Lifecycle {

	private final LifecycleRules rules;

	private final LifecycleState state;

	private final Run run;

	private final BackOff backOff;

	private Lifecycle(LifecycleRules rules, LifecycleState state, Run run, BackOff backOff) {
		this.rules = rules;
		this.state = state;
		this.run = run;
		this.backOff = backOff;
	}

	/**
	 * A life before its first process.
	 * @param rules what the descriptor says
	 * @param now the time
	 * @return waits for {@link LifecycleEvent.Start}
	 */
	public static Lifecycle of(LifecycleRules rules, Instant now) {
		return new Lifecycle(rules, LifecycleState.of(Phase.WAITING, now), Run.none(rules, now), BackOff.NONE);
	}

	/**
	 * Takes an event. One that can't happen in this state, or is about a process other
	 * than the last, changes nothing.
	 * @param event what happened
	 * @return what follows
	 */
	public Transition on(LifecycleEvent event) {
		if (event instanceof LifecycleEvent.OfRun ofRun && ofRun.run() != this.run.number()) {
			return unchanged();
		}
		return switch (this.state.phase()) {
			case WAITING -> whileWaiting(event);
			case STARTING, READY, NOT_READY -> whileRunning(event);
			case KILLED -> whileKilled(event);
			case BACKING_OFF -> whileBackingOff(event);
			case STOPPING -> whileStopping(event);
			case STOPPED -> unchanged();
		};
	}

	private Transition whileWaiting(LifecycleEvent event) {
		if (this.run.number() == 0) {
			return beforeFirstLaunch(event);
		}
		if (event instanceof LifecycleEvent.Started) {
			return settle(this.run.startedAt(event.at()), event.at());
		}
		return untilEnd(event);
	}

	private Transition beforeFirstLaunch(LifecycleEvent event) {
		if (event instanceof LifecycleEvent.Start) {
			return launch(event.at(), this.backOff);
		}
		return (event instanceof LifecycleEvent.Stop) ? to(LifecycleState.of(Phase.STOPPED, event.at())) : unchanged();
	}

	private Transition whileRunning(LifecycleEvent event) {
		if (event instanceof LifecycleEvent.Probed probed) {
			return probed(probed);
		}
		return untilEnd(event);
	}

	private Transition untilEnd(LifecycleEvent event) {
		if (event instanceof LifecycleEvent.Exited exited) {
			return restart(exited.how(), exited.at());
		}
		return (event instanceof LifecycleEvent.Stop)
				? terminate(this.run, LifecycleState.of(Phase.STOPPING, event.at())) : unchanged();
	}

	private Transition whileKilled(LifecycleEvent event) {
		if (event instanceof LifecycleEvent.Exited) {
			return restart(this.state.reason(), event.at());
		}
		if (event instanceof LifecycleEvent.Stop) {
			return to(LifecycleState.of(Phase.STOPPING, event.at())); // SIGTERM was sent,
																		// its grace goes
																		// on
		}
		return kill(event);
	}

	private Transition whileBackingOff(LifecycleEvent event) {
		if (event instanceof LifecycleEvent.BackOffOver) {
			return launch(event.at(), this.backOff.next(this.state.since(), event.at()));
		}
		return (event instanceof LifecycleEvent.Stop) ? to(LifecycleState.of(Phase.STOPPED, event.at())) : unchanged();
	}

	private Transition whileStopping(LifecycleEvent event) {
		return (event instanceof LifecycleEvent.Exited) ? to(LifecycleState.of(Phase.STOPPED, event.at()))
				: kill(event);
	}

	private Transition kill(LifecycleEvent event) {
		return (event instanceof LifecycleEvent.GraceOver) ? to(this.state, new Kill(run())) : unchanged();
	}

	private Transition probed(LifecycleEvent.Probed probed) {
		CheckKind kind = probed.kind();
		Timings timings = this.rules.checks().get(kind);
		if (timings == null || !this.run.admits(kind)) {
			return unchanged();
		}
		Run counted = this.run.with(kind, probed.result(), timings);
		return counted.failure()
			.map((reason) -> terminate(counted, LifecycleState.killed(probed.at(), reason)))
			.orElseGet(() -> settle(counted, probed.at()));
	}

	/** The state that the verdicts make, since when they first did. */
	private Transition settle(Run next, Instant at) {
		LifecycleState settled = next.state(at);
		boolean same = settled.phase() == this.state.phase();
		return new Transition(new Lifecycle(this.rules, same ? this.state : settled, next, this.backOff), List.of());
	}

	private Transition restart(String reason, Instant ended) {
		Duration delay = this.backOff.after(ended);
		if (delay.isZero()) {
			return launch(ended, this.backOff.next(ended, ended));
		}
		Instant until = ended.plus(delay);
		return to(LifecycleState.backingOff(ended, until, reason), new WakeUp(run(), until));
	}

	private Transition launch(Instant at, BackOff remembered) {
		Run next = this.run.next(this.rules, at);
		Lifecycle launched = new Lifecycle(this.rules, LifecycleState.of(Phase.WAITING, at), next, remembered);
		return new Transition(launched, List.of(new Launch(next.number())));
	}

	private Transition terminate(Run last, LifecycleState ending) {
		Terminate command = new Terminate(run(), this.rules.gracePeriod());
		return new Transition(new Lifecycle(this.rules, ending, last, this.backOff), List.of(command));
	}

	private Transition to(LifecycleState next, LifecycleCommand... commands) {
		return new Transition(new Lifecycle(this.rules, next, this.run, this.backOff), List.of(commands));
	}

	private Transition unchanged() {
		return new Transition(this, List.of());
	}

	/**
	 * Where it is.
	 * @return the state after the last event
	 */
	public LifecycleState state() {
		return this.state;
	}

	/**
	 * Whether it takes traffic.
	 * @return {@code true} only in {@link Phase#READY}
	 */
	public boolean isReady() {
		return this.state.phase() == Phase.READY;
	}

	/**
	 * The last process.
	 * @return its number, from 1; 0 before the first
	 */
	public int run() {
		return this.run.number();
	}

	/**
	 * How often a process was launched after the first.
	 * @return from 0
	 */
	public int restarts() {
		return Math.max(0, run() - 1);
	}

	/**
	 * Whether a check is to be done, if now is its turn: it exists, the process runs and
	 * is meant to go on, the initial delay since its start is over, and the startup check
	 * comes first and then no more.
	 * @param kind which check
	 * @param now the time
	 * @return {@code false} where a tick is to be skipped
	 */
	public boolean isDue(CheckKind kind, Instant now) {
		Timings timings = this.rules.checks().get(kind);
		return timings != null && this.state.phase().isRunning() && this.run.admits(kind)
				&& !now.isBefore(this.run.since().plusSeconds(timings.initialDelaySeconds()));
	}

	/**
	 * What the checks of the last process found last, for people.
	 * @return for each check that has been done; those that were discarded, too
	 */
	public Map<CheckKind, ProbeResult> lastResults() {
		return this.run.lastResults();
	}

}
