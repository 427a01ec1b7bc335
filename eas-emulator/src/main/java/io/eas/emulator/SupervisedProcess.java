package io.eas.emulator;

import java.util.Optional;

import io.eas.emulator.process.ModelProcess;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * The process of an instance with health checks, and the port that looks like its own.
 * Methods may block for a moment.
 */
final class SupervisedProcess {

	private final String name;

	private final ProcessBackend backend;

	private final InstanceFront front;

	private final FrontDoor door;

	private volatile @Nullable ModelProcess current;

	private volatile boolean frozen;

	SupervisedProcess(InstanceParts<ProcessBackend> parts) {
		this.name = parts.name();
		this.backend = parts.backend();
		this.front = parts.front();
		this.door = new FrontDoor(parts.listener(), parts.network().scheduler());
	}

	/** Takes the port, so that the instance has an address before it runs. */
	void reserve() {
		this.door.reserve();
	}

	synchronized ModelProcess start() {
		this.frozen = false;
		this.front.gate().open();
		ModelProcess started = this.backend.start();
		this.current = started;
		this.door.openFor(started);
		return started;
	}

	/**
	 * What is to be done once a process has ended, unless another has taken its place.
	 */
	synchronized void ended(ModelProcess process) {
		if (this.current == process) {
			this.current = null;
			this.door.shut();
		}
	}

	/** The process, if one runs. */
	Optional<ModelProcess> running() {
		return Optional.ofNullable(this.current);
	}

	/** Asks it to end by itself. */
	void askToEnd() {
		running().ifPresent((process) -> {
			this.door.refuseAfter(process);
			process.terminate();
		});
	}

	void kill() {
		running().ifPresent(ModelProcess::kill);
	}

	void freeze() {
		ModelProcess process = require();
		this.front.gate().shut();
		try {
			process.freeze();
			this.frozen = true;
		}
		catch (RuntimeException ex) {
			this.front.gate().open();
			throw ex;
		}
	}

	void thaw() {
		if (this.frozen) {
			running().ifPresent(ModelProcess::thaw);
			this.frozen = false;
			this.front.gate().open();
		}
	}

	void refuse() {
		require();
		thaw();
		this.door.lock();
	}

	void heal() {
		thaw();
		running().ifPresent(this.door::unlock);
	}

	boolean isFrozen() {
		return this.frozen;
	}

	boolean isRefusing() {
		return this.door.isLocked();
	}

	private ModelProcess require() {
		return running()
			.orElseThrow(() -> new IllegalStateException(this.name + " has no process now; wait until it is back"));
	}

	void terminate() {
		this.door.release();
		thaw();
		this.backend.terminate();
	}

}
