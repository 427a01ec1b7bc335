package io.eas.emulator.instance;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.eas.emulator.net.Listener;
import io.eas.emulator.process.ModelProcess;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * Lets the port of an instance look as that of its process: it accepts connections once
 * the process does, refuses them when the process no longer does, and with the end of the
 * process what is open is reset. Thread-safe.
 */
final class FrontDoor {

	private static final Logger LOGGER = LoggerFactory.getLogger(FrontDoor.class);

	private static final long OPENING_MILLIS = 25;

	/** A process that drains shall not be busy with being asked. */
	private static final long CLOSING_MILLIS = 250;

	private final Listener listener;

	private final Scheduler scheduler;

	private Disposable watch = Disposables.disposed();

	private volatile boolean locked;

	/** The last look went wrong, which has been told. */
	private volatile boolean failing;

	FrontDoor(Listener listener, Scheduler scheduler) {
		this.listener = listener;
		this.scheduler = scheduler;
	}

	/** Takes the port, on which nobody listens yet. */
	void reserve() {
		this.listener.reserve();
	}

	/** Opens once the process listens. */
	synchronized void openFor(ModelProcess process) {
		watch(OPENING_MILLIS, process::isListening, () -> {
			process.remember();
			if (!this.locked) {
				this.listener.open();
			}
		});
	}

	/** Refuses once the process no longer listens. */
	synchronized void refuseAfter(ModelProcess process) {
		watch(CLOSING_MILLIS, () -> !process.isListening(), this.listener::refuse);
	}

	/** Refuses now, with what is open reset. */
	synchronized void shut() {
		this.watch.dispose();
		this.listener.close();
	}

	/** Refuses until {@link #unlock}, whatever the process does. */
	synchronized void lock() {
		this.locked = true;
		this.listener.close();
	}

	/** Goes on with what the process does, if there is one. */
	synchronized void unlock(@Nullable ModelProcess process) {
		if (this.locked) {
			this.locked = false;
			if (process != null) {
				openFor(process);
			}
		}
	}

	synchronized void release() {
		this.watch.dispose();
		this.listener.release();
	}

	boolean isLocked() {
		return this.locked;
	}

	/** Only the last watch has a say, and only once. */
	private void watch(long paceMillis, BooleanSupplier condition, Runnable action) {
		this.watch.dispose();
		Disposable.Swap watching = Disposables.swap();
		this.watch = watching;
		watching.update(this.scheduler.schedulePeriodically(() -> look(watching, condition, action), 0, paceMillis,
				TimeUnit.MILLISECONDS));
	}

	/** What goes wrong is tried again: nothing else would ever open the port. */
	private void look(Disposable watching, BooleanSupplier condition, Runnable action) {
		try {
			if (condition.getAsBoolean()) {
				actOnce(watching, action);
			}
			this.failing = false;
		}
		catch (RuntimeException | Error ex) {
			if (!this.failing) {
				this.failing = true;
				LOGGER.error(
						"The port could not be opened or closed with its process, which is tried again until it can",
						ex);
			}
		}
	}

	private synchronized void actOnce(Disposable watching, Runnable action) {
		if (!watching.isDisposed()) {
			action.run();
			watching.dispose();
		}
	}

}
