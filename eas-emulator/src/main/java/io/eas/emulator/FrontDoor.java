package io.eas.emulator;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

import io.eas.emulator.net.Listener;
import io.eas.emulator.process.ModelProcess;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * Lets the port of an instance look as that of its process: it accepts connections once
 * the process does, refuses them when the process no longer does, and with the end of the
 * process what is open is reset.
 */
final class FrontDoor {

	private static final long PACE_MILLIS = 25;

	private final Listener listener;

	private final Scheduler scheduler;

	private final AtomicReference<Disposable> watch = new AtomicReference<>(Disposables.disposed());

	private volatile boolean locked;

	FrontDoor(Listener listener, Scheduler scheduler) {
		this.listener = listener;
		this.scheduler = scheduler;
	}

	/** Opens once the process listens. */
	synchronized void openFor(ModelProcess process) {
		watch(() -> {
			if (process.isListening()) {
				open();
				return true;
			}
			return !process.isAlive();
		});
	}

	/** Refuses once the process no longer listens. */
	void refuseAfter(ModelProcess process) {
		watch(() -> {
			if (!process.isListening()) {
				this.listener.refuse();
				return true;
			}
			return false;
		});
	}

	/** Refuses now, with what is open reset. */
	void shut() {
		this.watch.getAndSet(Disposables.disposed()).dispose();
		this.listener.close();
	}

	/** Refuses until {@link #unlock}, whatever the process does. */
	synchronized void lock() {
		this.locked = true;
		this.listener.close();
	}

	/** Goes on with what the process does. */
	synchronized void unlock(ModelProcess process) {
		if (this.locked) {
			this.locked = false;
			openFor(process);
		}
	}

	private synchronized void open() {
		if (!this.locked) {
			this.listener.open();
		}
	}

	/** Takes the port, on which nobody listens yet. */
	void reserve() {
		this.listener.reserve();
	}

	void release() {
		this.watch.getAndSet(Disposables.disposed()).dispose();
		this.listener.release();
	}

	boolean isLocked() {
		return this.locked;
	}

	private void watch(BooleanSupplier done) {
		Disposable.Swap watching = Disposables.swap();
		watching.update(this.scheduler.schedulePeriodically(() -> {
			if (!watching.isDisposed() && done.getAsBoolean()) {
				watching.dispose();
			}
		}, 0, PACE_MILLIS, TimeUnit.MILLISECONDS));
		this.watch.getAndSet(watching).dispose();
	}

}
