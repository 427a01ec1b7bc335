package io.eas.emulator.instance;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

import io.eas.emulator.lifecycle.Lifecycle;
import io.eas.emulator.lifecycle.LifecycleState.Phase;
import io.eas.emulator.lifecycle.StateText;
import io.eas.emulator.net.Network;
import io.eas.emulator.probe.Prober;
import io.eas.emulator.process.ModelProcess;
import io.eas.emulator.process.ProcessStartException;
import reactor.core.scheduler.Scheduler;

/**
 * Starts, kills and restarts a process according to its health checks, as the kubelet
 * does.
 */
final class SupervisedLife implements InstanceLife {

	/** Time after the grace period for SIGKILL to take effect. */
	private static final Duration KILLING = Duration.ofSeconds(10);

	private final String name;

	private final ProcessBackend backend;

	private final SupervisedProcess process;

	private final Deployment deployment;

	private final ProcessProber prober;

	private final Scheduler scheduler;

	private final EventPublisher events;

	/** The lock that is held while one {@link Supervision} is replaced by another. */
	private final Object change = new Object();

	private volatile Supervision supervision;

	private volatile boolean terminated;

	SupervisedLife(String name, ProcessBackend backend, SupervisedProcess process, Deployment deployment,
			Network network) {
		this.name = name;
		this.backend = backend;
		this.process = process;
		this.deployment = deployment;
		this.prober = new ProcessProber(new Prober(network), deployment);
		this.scheduler = network.scheduler();
		this.events = new EventPublisher(name, deployment);
		this.supervision = anotherLife();
	}

	private Supervision anotherLife() {
		return new Supervision(this.process, this.deployment, this.prober, this.scheduler, Clock.systemUTC(),
				this.events);
	}

	@Override
	public void launch() {
		this.supervision.begin();
	}

	@Override
	public void awaitReady() {
		Supervision current = this.supervision;
		Duration timeout = this.deployment.command().startTimeout();
		current.await((life) -> life.isReady() || startFailure().isPresent() || keepsEnding(), timeout);
		requireOpen(current);
		if (!isReady()) {
			throw new ProcessStartException(startFailure().orElseGet(() -> whyNotReady(timeout)));
		}
	}

	private void requireOpen(Supervision current) {
		if (current.isClosed()) {
			throw new IllegalStateException(this.name + " was ended for good before it was ready");
		}
	}

	/**
	 * Returns whether the process has ended twice without ever being ready; further
	 * waiting is then useless.
	 */
	private boolean keepsEnding() {
		return phase() == Phase.BACKING_OFF && !this.supervision.wasReady();
	}

	/**
	 * Returns why every start of the command fails, for example because the program
	 * doesn't exist.
	 */
	@Override
	public Optional<String> startFailure() {
		boolean waiting = phase() == Phase.WAITING || phase() == Phase.BACKING_OFF;
		return this.supervision.lastEnd()
			.filter((end) -> waiting && end.failedStart())
			.map((end) -> describe("cannot be started; " + end.describe()));
	}

	private String whyNotReady(Duration timeout) {
		String what = keepsEnding() ? "keeps ending before it is ready"
				: "was not ready within " + timeout + ", but " + StateText.of(this.supervision.lifecycle());
		return describe(what + this.supervision.lastEnd().map((end) -> "; " + end.describe()).orElse(""));
	}

	private String describe(String what) {
		return this.name + ": " + this.deployment.command() + " " + what;
	}

	@Override
	public InstanceState state() {
		return switch (phase()) {
			case WAITING, STARTING -> InstanceState.STARTING;
			case READY, NOT_READY -> running();
			case KILLED, STOPPING -> InstanceState.ENDING;
			case BACKING_OFF, STOPPED -> InstanceState.DEAD;
		};
	}

	private Phase phase() {
		return this.supervision.lifecycle().state().phase();
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
		Supervision current = this.supervision;
		int run = current.lifecycle().run();
		Optional<ModelProcess> victim = this.process.running();
		victim.ifPresent(ModelProcess::kill);
		if (victim.isPresent()) {
			current.await((life) -> life.run() != run || !life.state().phase().isRunning(), KILLING);
		}
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
		synchronized (this.change) {
			retire();
			this.process.heal();
			beginAnew();
			awaitReady();
		}
	}

	private void beginAnew() {
		this.supervision.close();
		Supervision next = anotherLife();
		this.supervision = next;
		next.begin();
		if (this.terminated) {
			next.close();
		}
	}

	@Override
	public void retire() {
		synchronized (this.change) {
			Supervision current = this.supervision;
			current.stop();
			if (!current.await((life) -> life.state().phase() == Phase.STOPPED,
					this.deployment.gracePeriod().plus(KILLING))) {
				requireOpen(current);
				throw new IllegalStateException(this.name + " has not ended, and is " + StateText.of(phase()));
			}
		}
	}

	@Override
	public void terminate() {
		this.terminated = true;
		this.supervision.close();
		this.process.terminate();
	}

	@Override
	public void awaitEnd(Duration grace) {
		this.backend.awaitEnd(grace);
	}

}
