package io.eas.emulator;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

import io.eas.emulator.lifecycle.Lifecycle;
import io.eas.emulator.lifecycle.Phase;
import io.eas.emulator.probe.Prober;
import io.eas.emulator.process.Ending;
import io.eas.emulator.process.ProcessStartException;

/**
 * A process that its health checks start, kill and restart as the kubelet does.
 */
final class SupervisedLife implements InstanceLife {

	/** Beyond the grace period, for SIGKILL to do its work. */
	private static final Duration KILLING = Duration.ofSeconds(10);

	private final String name;

	private final ProcessBackend backend;

	private final SupervisedProcess process;

	private final Deployment deployment;

	private final Supervision supervision;

	SupervisedLife(InstanceParts<ProcessBackend> parts, Deployment deployment) {
		this.name = parts.name();
		this.backend = parts.backend();
		this.deployment = deployment;
		this.process = new SupervisedProcess(parts);
		Checkup checkup = new Checkup(new Prober(parts.network()), deployment);
		this.supervision = new Supervision(this.name, deployment, this.process, checkup, parts.network().scheduler(),
				Clock.systemUTC());
	}

	@Override
	public void launch() {
		this.process.reserve();
		this.supervision.begin();
	}

	@Override
	public void awaitReady() {
		Duration timeout = this.deployment.command().startTimeout();
		this.supervision.await((life) -> life.isReady() || isHopeless(life), timeout);
		if (!isReady()) {
			throw new ProcessStartException(startFailure().orElseGet(() -> whyNotReady(timeout)));
		}
	}

	/** Nobody shall wait for what has ended twice without having been ready. */
	private boolean isHopeless(Lifecycle life) {
		return startFailure().isPresent() || keepsEnding(life);
	}

	private boolean keepsEnding(Lifecycle life) {
		return life.state().phase() == Phase.BACKING_OFF && !this.supervision.wasReady();
	}

	/** A shell that can't find the program says so at once, and again each time. */
	@Override
	public Optional<String> startFailure() {
		return Optional.ofNullable(this.supervision.lastEnding())
			.filter(Ending::isFailedStart)
			.map((ending) -> describe("cannot be started") + last(ending));
	}

	private String whyNotReady(Duration timeout) {
		Ending ending = this.supervision.lastEnding();
		Lifecycle life = this.supervision.lifecycle();
		String now = describe(keepsEnding(life) ? "keeps ending before it is ready"
				: "was not ready within " + timeout + ", but " + StateText.of(life));
		return (ending != null) ? now + last(ending) : now;
	}

	private String describe(String what) {
		return this.name + ": " + this.deployment.command() + " " + what;
	}

	private static String last(Ending ending) {
		return "; it ended with " + ending + "; last output: " + ending.lastOutput();
	}

	@Override
	public InstanceState state() {
		return switch (this.supervision.lifecycle().state().phase()) {
			case WAITING, STARTING -> InstanceState.STARTING;
			case READY, NOT_READY -> running();
			case KILLED, STOPPING -> InstanceState.ENDING;
			case BACKING_OFF, STOPPED -> InstanceState.DEAD;
		};
	}

	private InstanceState running() {
		if (this.process.isFrozen()) {
			return InstanceState.FROZEN;
		}
		return this.process.isRefusing() ? InstanceState.REFUSING : InstanceState.RUNNING;
	}

	@Override
	public boolean isReady() {
		return this.supervision.lifecycle().isReady();
	}

	@Override
	public Optional<Lifecycle> lifecycle() {
		return Optional.of(this.supervision.lifecycle());
	}

	@Override
	public void kill() {
		this.process.kill();
	}

	@Override
	public void freeze() {
		this.process.freeze();
	}

	@Override
	public void thaw() {
		this.process.thaw();
	}

	@Override
	public void refuse() {
		this.process.refuse();
	}

	@Override
	public void heal() {
		this.process.heal();
	}

	@Override
	public void restart() {
		retire();
		this.supervision.begin();
		awaitReady();
	}

	@Override
	public void retire() {
		this.supervision.stop();
		this.supervision.await((life) -> life.state().phase() == Phase.STOPPED,
				this.deployment.gracePeriod().plus(KILLING));
	}

	@Override
	public void terminate() {
		this.supervision.close();
		this.process.terminate();
	}

	@Override
	public void awaitEnd(Duration grace) {
		this.backend.awaitEnd(grace);
	}

}
