package io.eas.emulator.instance;

import java.util.Optional;

import io.eas.emulator.process.ModelProcess;
import org.jspecify.annotations.Nullable;

/**
 * The process of an instance with health checks, and the port that discovery lists for
 * it. Methods may block for a moment. Thread-safe.
 */
final class SupervisedProcess {

	private final String name;

	private final ProcessBackend backend;

	private final Frontend front;

	private final ProcessPort port;

	private volatile @Nullable ModelProcess current;

	private volatile boolean frozen;

	SupervisedProcess(String name, ProcessBackend backend, Frontend front, ProcessPort port) {
		this.name = name;
		this.backend = backend;
		this.front = front;
		this.port = port;
	}

	synchronized ModelProcess start() {
		ModelProcess started = this.backend.start();
		this.frozen = false;
		this.front.gate().open();
		this.current = started;
		this.port.openFor(started);
		return started;
	}

	/** Cleans up after a process that has ended. */
	synchronized void ended(ModelProcess process) {
		if (this.current == process) {
			this.current = null;
			this.port.shut();
		}
	}

	/** Returns the process, if one runs. */
	Optional<ModelProcess> running() {
		return Optional.ofNullable(this.current);
	}

	/**
	 * Sends SIGTERM to a process, even if it is no longer the current process.
	 */
	synchronized void askToEnd(ModelProcess process) {
		if (this.current == process) {
			this.port.refuseAfter(process);
		}
		process.askToEnd();
	}

	synchronized void freeze() {
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

	synchronized void thaw() {
		if (this.frozen) {
			running().ifPresent(ModelProcess::thaw);
			this.frozen = false;
			this.front.gate().open();
		}
	}

	synchronized void refuse() {
		require();
		thaw();
		this.port.lock();
	}

	/** Ends every fault, also for later processes. */
	synchronized void heal() {
		thaw();
		this.port.unlock(this.current);
	}

	boolean isFrozen() {
		return this.frozen;
	}

	boolean isRefusing() {
		return this.port.isLocked();
	}

	private ModelProcess require() {
		return running()
			.orElseThrow(() -> new IllegalStateException(this.name + " has no process now; wait until it is back"));
	}

	void terminate() {
		try {
			this.port.release();
			thaw();
		}
		finally {
			this.backend.terminate();
		}
	}

}
