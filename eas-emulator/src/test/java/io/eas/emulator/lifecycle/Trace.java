package io.eas.emulator.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.Timings;
import io.eas.emulator.lifecycle.LifecycleState.Phase;
import io.eas.emulator.probe.ProbeResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A series of numbers read as rules and as what happens to an instance, played to a
 * {@link Lifecycle} and a {@link KubeletModel}.
 */
final class Trace {

	/** So many numbers say what the rules are. */
	static final int HEAD = 6;

	private static final int[] DELAYS = { 0, 0, 1, 3, 7 };

	private static final int[] GRACES = { 0, 1, 5, 30 };

	/** What is likely to happen, by temper: a lottery of actions. */
	private static final String[] TEMPERS = {
			// s: started, x: exits, o: exits unable to start or of an earlier run, p:
			// probe, b and e: a probe's begin and end, t: some time, w: until the wait is
			// over, m: minutes, q: stop
			"sssxopppppppbbeettwwmq", "ssssxxxxwwwwwttm", "spppppppppppppptttxww", "sssbbbbbbeeeeppppxxtw",
			"ssppppbbbeeettxxwwmmo" };

	private static final ProbeResult[] RESULTS = { new ProbeResult.Success("fine"), new ProbeResult.Failure("broken"),
			new ProbeResult.Success("fine"), new ProbeResult.Failure("broken"), new ProbeResult.Discarded("lost") };

	private static final int[] MODEL_RESULTS = { KubeletModel.SUCCESS, KubeletModel.FAILURE, KubeletModel.SUCCESS,
			KubeletModel.FAILURE, KubeletModel.ERROR };

	private static final CheckKind[] KINDS = { CheckKind.STARTUP, CheckKind.LIVENESS, CheckKind.READINESS };

	private final int[] numbers;

	private final String temper;

	private final KubeletModel model = new KubeletModel();

	private final int[] inFlight = new int[3]; // the run, or 0

	private Lifecycle lifecycle;

	private long wakeUp = Long.MAX_VALUE;

	private int wakeUpRun;

	private long graceOver = Long.MAX_VALUE;

	private int graceRun;

	private int launches;

	private int checksOutOfTurn;

	private int terms;

	private int kills;

	private final Set<Phase> seen = EnumSet.noneOf(Phase.class);

	private Duration longestWait = Duration.ZERO;

	private boolean forgotten;

	private final StringBuilder story = new StringBuilder();

	Trace(int[] numbers) {
		this.numbers = numbers;
		this.temper = TEMPERS[numbers[0] % TEMPERS.length];
		this.lifecycle = Lifecycle.of(rules(), at());
	}

	private LifecycleRules rules() {
		Map<CheckKind, Timings> checks = new EnumMap<>(CheckKind.class);
		for (int type = 0; type < 3; type++) {
			if ((this.numbers[1] >> type) % 2 == 1) {
				KubeletModel.Spec spec = spec(this.numbers[2 + type]);
				this.model.specs[type] = spec;
				checks.put(KINDS[type],
						new Timings(spec.initialDelaySeconds, 1, 1, spec.successThreshold, spec.failureThreshold));
			}
		}
		int grace = GRACES[this.numbers[5] % GRACES.length];
		this.model.gracePeriod = grace * 1000L;
		return new LifecycleRules(checks, Duration.ofSeconds(grace));
	}

	private static KubeletModel.Spec spec(int number) {
		KubeletModel.Spec spec = new KubeletModel.Spec();
		spec.initialDelaySeconds = DELAYS[number % DELAYS.length];
		spec.successThreshold = 1 + (number / 8) % 3;
		spec.failureThreshold = 1 + (number / 32) % 3;
		return spec;
	}

	void check() {
		this.model.create();
		send(new LifecycleEvent.Start(at()));
		compare();
		for (int i = HEAD; i < this.numbers.length; i++) {
			int number = this.numbers[i];
			act(this.temper.charAt(number % this.temper.length()), number / 32);
			compare();
		}
	}

	private void act(char action, int number) {
		int type = number % 3;
		int run = this.lifecycle.run();
		this.story.append(action).append(number).append(' ');
		switch (action) {
			case 's' -> {
				this.model.containerStarted();
				send(new LifecycleEvent.Started(run, at()));
			}
			case 'x' -> exit(run);
			case 'o' -> odd(number, run);
			case 'p' -> {
				begin(type);
				end(type, number / 3);
			}
			case 'b' -> begin(type);
			case 'e' -> end(type, number / 3);
			case 't' -> pass((number % 4 == 0) ? number % 3000 : (number % 12) * 1000L);
			case 'w' -> pass(untilNext(number));
			case 'm' -> pass((number % 4 == 0) ? 3_600_000 : untilForgotten(number));
			case 'q' -> stop(number);
			default -> throw new IllegalStateException("no such action: " + action);
		}
	}

	private void exit(int run) {
		// only what exists can end
		if (this.lifecycle.state().phase() != Phase.BACKING_OFF && this.lifecycle.state().phase() != Phase.STOPPED) {
			this.forgotten |= run > 1 && at().toEpochMilli() - this.model.backOffUpdated() >= 600_000;
			this.model.containerFinished();
			send(new LifecycleEvent.Exited(run, "exit code 1", at()));
		}
	}

	/** News of earlier runs, or twice. */
	private void odd(int number, int run) {
		int earlier = run - 1;
		switch (number % 8) {
			case 0 -> send(new LifecycleEvent.Exited(earlier, "exit code 1", at()));
			case 1 -> send(new LifecycleEvent.GraceOver(earlier, at()));
			case 2 -> send(new LifecycleEvent.BackOffOver(earlier, at()));
			case 3 -> send(new LifecycleEvent.Started(earlier, at()));
			case 4 -> send(new LifecycleEvent.Probed(run + 1, KINDS[number / 8 % 3], RESULTS[1], at()));
			case 5 -> send(new LifecycleEvent.Start(at()));
			case 6 -> send(new LifecycleEvent.Started(run + 1, at()));
			default -> {
				if (this.lifecycle.state().phase() == Phase.BACKING_OFF) {
					send(new LifecycleEvent.Exited(run, "exit code 1", at()));
				}
			}
		}
	}

	private void stop(int number) {
		if (number % 4 == 0) { // or most traces would end soon
			this.model.delete();
			send(new LifecycleEvent.Stop(at()));
		}
	}

	private void begin(int type) {
		if (this.inFlight[type] == 0 && this.lifecycle.isDue(KINDS[type], at())) {
			this.inFlight[type] = this.lifecycle.run();
			this.model.probe(type);
		}
	}

	private void end(int type, int number) {
		int run = this.inFlight[type];
		if (run > 0) {
			this.inFlight[type] = 0;
			int which = number % RESULTS.length;
			this.model.probed(type, MODEL_RESULTS[which]);
			send(new LifecycleEvent.Probed(run, KINDS[type], RESULTS[which], at()));
		}
	}

	private void pass(long millis) {
		this.model.now += Math.max(0, millis);
		this.model.timePasses();
		long now = this.model.now;
		if (this.graceOver <= now) {
			this.graceOver = Long.MAX_VALUE;
			send(new LifecycleEvent.GraceOver(this.graceRun, at()));
		}
		if (this.wakeUp <= now) {
			this.wakeUp = Long.MAX_VALUE;
			send(new LifecycleEvent.BackOffOver(this.wakeUpRun, at()));
		}
	}

	/** To the end of a wait or a grace or a delay as the model has it, or just before. */
	private long untilNext(int number) {
		long now = this.model.now;
		long next = this.model.inBackOff() ? this.model.backOffEnd() : (this.graceOver != Long.MAX_VALUE)
				? this.graceOver : this.model.startedAt() + 1000L * DELAYS[number % DELAYS.length];
		return next - now - (number / 8) % 2;
	}

	private long untilForgotten(int number) {
		return this.model.backOffUpdated() + 600_000 - number / 4 % 2 - this.model.now;
	}

	private Instant at() {
		return Instant.ofEpochMilli(this.model.now);
	}

	private void send(LifecycleEvent event) {
		Transition transition = this.lifecycle.on(event);
		this.lifecycle = transition.next();
		for (LifecycleCommand command : transition.commands()) {
			if (command instanceof LifecycleCommand.Launch) {
				this.launches++;
			}
			else if (command instanceof LifecycleCommand.CheckReadiness) {
				this.checksOutOfTurn++;
			}
			else if (command instanceof LifecycleCommand.Terminate terminate) {
				this.terms++;
				this.graceRun = terminate.run();
				this.graceOver = this.model.now + terminate.grace().toMillis();
				pass(0);
			}
			else if (command instanceof LifecycleCommand.Kill) {
				this.kills++;
			}
			else if (command instanceof LifecycleCommand.WakeUp wakeUp) {
				this.wakeUpRun = wakeUp.run();
				this.wakeUp = wakeUp.at().toEpochMilli();
				Duration wait = Duration.between(at(), wakeUp.at());
				this.longestWait = (wait.compareTo(this.longestWait) > 0) ? wait : this.longestWait;
			}
		}
	}

	private void compare() {
		LifecycleState state = this.lifecycle.state();
		this.seen.add(state.phase());
		boolean same = this.model.phase().equals(state.phase().name()) && this.model.ready() == this.lifecycle.isReady()
				&& this.model.containerId() == this.lifecycle.run()
				&& this.model.restartCount() == this.lifecycle.restarts() && this.model.starts == this.launches
				&& this.model.manualTriggers == this.checksOutOfTurn && this.model.terms == this.terms
				&& this.model.kills == this.kills;
		for (int type = 0; type < 3; type++) {
			same &= this.model.wouldProbe(type) == this.lifecycle.isDue(KINDS[type], at());
		}
		if (!same) {
			assertThat("%s ready=%s run=%d starts=%d triggers=%d terms=%d kills=%d due=%s".formatted(state.phase(),
					this.lifecycle.isReady(), this.lifecycle.run(), this.launches, this.checksOutOfTurn, this.terms,
					this.kills, due(false)))
				.as("after %sat %s ms", this.story, this.model.now)
				.isEqualTo("%s ready=%s run=%d starts=%d triggers=%d terms=%d kills=%d due=%s".formatted(
						this.model.phase(), this.model.ready(), this.model.containerId(), this.model.starts,
						this.model.manualTriggers, this.model.terms, this.model.kills, due(true)));
		}
	}

	private String due(boolean inModel) {
		StringBuilder due = new StringBuilder();
		for (int type = 0; type < 3; type++) {
			boolean yes = inModel ? this.model.wouldProbe(type) : this.lifecycle.isDue(KINDS[type], at());
			due.append(yes ? KINDS[type].name() + " " : "");
		}
		return due.toString();
	}

	Set<Phase> seen() {
		return this.seen;
	}

	Duration longestWait() {
		return this.longestWait;
	}

	boolean forgotten() {
		return this.forgotten;
	}

}
