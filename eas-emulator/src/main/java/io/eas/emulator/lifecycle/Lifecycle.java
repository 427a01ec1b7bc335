package io.eas.emulator.lifecycle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.Timings;
import io.eas.emulator.lifecycle.LifecycleCommand.CheckReadiness;
import io.eas.emulator.lifecycle.LifecycleCommand.Kill;
import io.eas.emulator.lifecycle.LifecycleCommand.Launch;
import io.eas.emulator.lifecycle.LifecycleCommand.Terminate;
import io.eas.emulator.lifecycle.LifecycleCommand.WakeUp;
import io.eas.emulator.lifecycle.LifecycleState.Phase;
import io.eas.emulator.probe.ProbeResult;

/**
 * The lifecycle of one instance as a state machine: a value that takes events and returns
 * commands. It has no clock, because every event carries its time, and starts or ends no
 * process itself. Immutable.
 *
 * <pre>
 * Waiting -> Starting -> NotReady &lt;-> Ready    a check decides; a missing check has passed
 *    ^           |________|_________|
 *    |           | check failed     | ended by itself
 *    |        Killed ---- ended --> | -> BackingOff
 *    |______________________________|________|       Stop: from everywhere to Stopping, Stopped
 * </pre>
 *
 * The readiness of an instance that is being killed is still checked, and the instance
 * stays ready while the check passes, until its process has ended. A stopping instance is
 * never ready, because Kubernetes removes the endpoint of a deleted pod immediately.
 * While a running instance isn't ready, each change of its status triggers an additional
 * readiness check.
 *
 * <p>
 * Source of the rules: kubernetes {@code pkg/kubelet/prober/worker.go} ({@code doProbe}),
 * {@code prober_manager.go} ({@code UpdatePodStatus}) and, for the pauses,
 * {@link BackOff}.
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
	 * Creates the lifecycle of an instance that has not been started.
	 * @param rules the rules of the descriptor
	 * @param now the current time
	 * @return a lifecycle that waits for {@link LifecycleEvent.Start}
	 */
	public static Lifecycle of(LifecycleRules rules, Instant now) {
		return new Lifecycle(rules, LifecycleState.of(Phase.WAITING, now), Run.none(rules, now), BackOff.NONE);
	}

	/**
	 * Handles an event. An event that can't happen in the current state, or that is about
	 * a process other than the last one, changes nothing. The only exception is the late
	 * result of a check, which still counts.
	 * @param event the event
	 * @return the resulting transition
	 */
	public Transition on(LifecycleEvent event) {
		if (event instanceof LifecycleEvent.OfRun ofRun && ofRun.run() != this.run.number()) {
			return late(event);
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
			Run started = this.run.startedAt(event.at());
			return settle(started, event.at(), outOfTurn(started));
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
			return restart(exited.how(), exited.at(), false);
		}
		return (event instanceof LifecycleEvent.Stop)
				? terminate(this.run, LifecycleState.of(Phase.STOPPING, event.at()), List.of()) : unchanged();
	}

	private Transition whileKilled(LifecycleEvent event) {
		if (event instanceof LifecycleEvent.Exited) {
			return restart(this.state.reason(), event.at(), true);
		}
		if (event instanceof LifecycleEvent.Stop) {
			// SIGTERM was sent, and its grace period goes on
			return to(LifecycleState.of(Phase.STOPPING, event.at()));
		}
		if (event instanceof LifecycleEvent.Probed probed && probed.kind() == CheckKind.READINESS) {
			return counted(probed).map((run) -> with(run, this.state, List.of())).orElseGet(this::unchanged);
		}
		return kill(event);
	}

	private Transition whileBackingOff(LifecycleEvent event) {
		if (event instanceof LifecycleEvent.BackOffOver) {
			return launch(event.at(), this.backOff.next(this.state.since(), false, event.at()));
		}
		return (event instanceof LifecycleEvent.Stop) ? to(LifecycleState.of(Phase.STOPPED, event.at())) : late(event);
	}

	private Transition whileStopping(LifecycleEvent event) {
		return (event instanceof LifecycleEvent.Exited) ? to(LifecycleState.of(Phase.STOPPED, event.at()))
				: kill(event);
	}

	private Transition kill(LifecycleEvent event) {
		return (event instanceof LifecycleEvent.GraceOver) ? to(this.state, new Kill(run())) : unchanged();
	}

	private Transition probed(LifecycleEvent.Probed probed) {
		return counted(probed).map((counted) -> judged(counted, probed)).orElseGet(this::unchanged);
	}

	private Transition judged(Run counted, LifecycleEvent.Probed probed) {
		boolean changed = counted.verdict(probed.kind()) != this.run.verdict(probed.kind());
		List<LifecycleCommand> outOfTurn = changed ? outOfTurn(counted) : List.of();
		return counted.failure()
			.map((reason) -> terminate(counted, LifecycleState.killed(probed.at(), reason), outOfTurn))
			.orElseGet(() -> settle(counted, probed.at(), outOfTurn));
	}

	private Optional<Run> counted(LifecycleEvent.Probed probed) {
		Timings timings = this.rules.checks().get(probed.kind());
		return (timings != null && this.run.admits(probed.kind()))
				? Optional.of(this.run.with(probed.kind(), probed.result(), timings)) : Optional.empty();
	}

	/**
	 * Handles a late event: the worker counts the result of a check even if the process
	 * has ended meanwhile.
	 */
	private Transition late(LifecycleEvent event) {
		if (event instanceof LifecycleEvent.Probed probed && probed.run() <= run()) {
			Timings timings = this.rules.checks().get(probed.kind());
			if (timings != null) {
				return with(this.run.withLate(probed.kind(), probed.result(), timings), this.state, List.of());
			}
		}
		return unchanged();
	}

	/**
	 * Returns the command for an additional readiness check if the instance isn't ready,
	 * otherwise no command.
	 */
	private List<LifecycleCommand> outOfTurn(Run run) {
		boolean unready = run.admits(CheckKind.READINESS) && !run.isReady();
		return unready ? List.of(new CheckReadiness(run.number())) : List.of();
	}

	/**
	 * Returns the transition to the state that follows from the verdicts. If the phase
	 * stays the same, the current state is kept.
	 */
	private Transition settle(Run next, Instant at, List<LifecycleCommand> commands) {
		LifecycleState settled = next.state(at);
		boolean same = settled.phase() == this.state.phase();
		return with(next, same ? this.state : settled, commands);
	}

	private Transition restart(String reason, Instant ended, boolean killed) {
		Instant until = this.backOff.nextLaunch(ended, killed);
		if (until.equals(ended)) {
			return launch(ended, this.backOff.next(ended, killed, ended));
		}
		return to(LifecycleState.backingOff(ended, until, reason), new WakeUp(run(), until));
	}

	private Transition launch(Instant at, BackOff remembered) {
		Run next = this.run.next(at);
		Lifecycle launched = new Lifecycle(this.rules, LifecycleState.of(Phase.WAITING, at), next, remembered);
		return new Transition(launched, List.of(new Launch(next.number())));
	}

	private Transition terminate(Run last, LifecycleState ending, List<LifecycleCommand> before) {
		List<LifecycleCommand> commands = new ArrayList<>(before);
		commands.add(new Terminate(run(), this.rules.gracePeriod()));
		return with(last, ending, commands);
	}

	private Transition to(LifecycleState next, LifecycleCommand... commands) {
		return with(this.run, next, List.of(commands));
	}

	private Transition with(Run run, LifecycleState next, List<LifecycleCommand> commands) {
		return new Transition(new Lifecycle(this.rules, next, run, this.backOff), commands);
	}

	private Transition unchanged() {
		return new Transition(this, List.of());
	}

	/**
	 * Returns the current state.
	 * @return the state after the last event
	 */
	public LifecycleState state() {
		return this.state;
	}

	/**
	 * Returns whether the instance takes traffic.
	 * @return {@code true} in {@link Phase#READY}, and in {@link Phase#KILLED} while its
	 * readiness check passes
	 */
	public boolean isReady() {
		return this.state.phase() == Phase.READY || (this.state.phase() == Phase.KILLED && this.run.isReady());
	}

	/**
	 * Returns the number of the last process.
	 * @return the number, from 1; 0 before the first process
	 */
	public int run() {
		return this.run.number();
	}

	/**
	 * Returns the number of restarts.
	 * @return 0 or more
	 */
	public int restarts() {
		return Math.max(0, run() - 1);
	}

	/**
	 * Returns whether a check is to be carried out at this tick. This is the case if the
	 * check exists, the process runs and is meant to keep running, and the initial delay
	 * since its start is over. Readiness is also checked while the process is being
	 * killed. The startup check runs alone until it has succeeded, and never afterwards.
	 * @param kind the kind of check
	 * @param now the current time
	 * @return {@code false} if the tick is to be skipped
	 */
	public boolean isDue(CheckKind kind, Instant now) {
		Timings timings = this.rules.checks().get(kind);
		boolean killed = kind == CheckKind.READINESS && this.state.phase() == Phase.KILLED;
		return timings != null && (this.state.phase().isRunning() || killed) && this.run.admits(kind)
				&& !now.isBefore(this.run.since().plusSeconds(timings.initialDelaySeconds()));
	}

	/**
	 * Returns the last result of each check of the last process.
	 * @return the results by kind, discarded ones included
	 */
	public Map<CheckKind, ProbeResult> lastResults() {
		return this.run.lastResults();
	}

}
