package io.eas.emulator.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.Timings;
import io.eas.emulator.probe.ProbeResult;

/**
 * A life to be told step by step, from second 0.
 */
final class TestLife {

	static final Duration GRACE = Duration.ofSeconds(30);

	private final Map<CheckKind, Timings> checks = new EnumMap<>(CheckKind.class);

	private Instant now = Instant.EPOCH;

	private Lifecycle lifecycle = Lifecycle.of(new LifecycleRules(Map.of(), GRACE), this.now);

	private List<LifecycleCommand> commands = List.of();

	TestLife with(CheckKind kind, int delay, int successes, int failures) {
		this.checks.put(kind, new Timings(delay, 10, 1, successes, failures));
		this.lifecycle = Lifecycle.of(new LifecycleRules(this.checks, GRACE), this.now);
		return this;
	}

	TestLife on(LifecycleEvent event) {
		Transition transition = this.lifecycle.on(event);
		this.lifecycle = transition.next();
		this.commands = transition.commands();
		return this;
	}

	TestLife pass(long seconds) {
		this.now = this.now.plusSeconds(seconds);
		return this;
	}

	TestLife start() {
		return on(new LifecycleEvent.Start(this.now));
	}

	TestLife started() {
		return on(new LifecycleEvent.Started(run(), this.now));
	}

	TestLife running() {
		return start().started();
	}

	TestLife passed(CheckKind kind) {
		return probed(kind, new ProbeResult.Success("GET / answered 200"));
	}

	TestLife failed(CheckKind kind) {
		return probed(kind, new ProbeResult.Failure("GET / answered 503"));
	}

	TestLife probed(CheckKind kind, ProbeResult result) {
		return on(new LifecycleEvent.Probed(run(), kind, result, this.now));
	}

	TestLife exited() {
		return on(new LifecycleEvent.Exited(run(), "exit code 3", this.now));
	}

	TestLife graceOver() {
		return on(new LifecycleEvent.GraceOver(run(), this.now));
	}

	TestLife backOffOver() {
		return on(new LifecycleEvent.BackOffOver(run(), this.now));
	}

	TestLife stop() {
		return on(new LifecycleEvent.Stop(this.now));
	}

	int run() {
		return this.lifecycle.run();
	}

	Instant now() {
		return this.now;
	}

	Lifecycle lifecycle() {
		return this.lifecycle;
	}

	LifecycleState state() {
		return this.lifecycle.state();
	}

	List<LifecycleCommand> commands() {
		return this.commands;
	}

	boolean isDue(CheckKind kind) {
		return this.lifecycle.isDue(kind, this.now);
	}

}
