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
 * Opens and closes the port of an instance together with its process. The port accepts
 * connections as soon as the process listens, and refuses them as soon as the process no
 * longer listens. When the process ends, open connections are reset. Thread-safe.
 */
final class ProcessPort {

	private static final Logger LOGGER = LoggerFactory.getLogger(ProcessPort.class);

	private static final long OPENING_MILLIS = 25;

	/**
	 * Interval in milliseconds between two connection attempts that test whether the
	 * process still listens. It is longer than {@link #OPENING_MILLIS}, so that the
	 * attempts don't disturb a process that drains.
	 */
	private static final long CLOSING_MILLIS = 250;

	private final Listener listener;

	private final Scheduler scheduler;

	private Disposable watch = Disposables.disposed();

	private volatile boolean locked;

	/** Whether the last attempt to open or close the port failed and was logged. */
	private volatile boolean failing;

	ProcessPort(Listener listener, Scheduler scheduler) {
		this.listener = listener;
		this.scheduler = scheduler;
	}

	/** Opens the port once the process listens. */
	synchronized void openFor(ModelProcess process) {
		watch(OPENING_MILLIS, process::isListening, () -> {
			process.remember();
			if (!this.locked) {
				this.listener.open();
			}
		});
	}

	/** Refuses connections once the process no longer listens. */
	synchronized void refuseAfter(ModelProcess process) {
		watch(CLOSING_MILLIS, () -> !process.isListening(), this.listener::refuse);
	}

	/** Refuses connections from now on and resets open ones. */
	synchronized void shut() {
		this.watch.dispose();
		this.listener.close();
	}

	/** Refuses connections until {@link #unlock}, even if the process listens. */
	synchronized void lock() {
		this.locked = true;
		this.listener.close();
	}

	/** Opens and closes the port with the process again, if a process runs. */
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

	/** Runs an action once a condition holds. Replaces the previous watch. */
	private void watch(long paceMillis, BooleanSupplier condition, Runnable action) {
		this.watch.dispose();
		Disposable.Swap watching = Disposables.swap();
		this.watch = watching;
		watching.update(this.scheduler.schedulePeriodically(() -> look(watching, condition, action), 0, paceMillis,
				TimeUnit.MILLISECONDS));
	}

	/**
	 * Tests the condition once. A failed action is tried again, because nothing else
	 * would ever open the port.
	 */
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
				LOGGER.error("The port could not be opened or closed together with its process; retrying until it can",
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
