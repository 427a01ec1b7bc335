package io.eas.autoconfigure;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import io.eas.service.EasServices;

import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops a part of the services with the application: both parts start before
 * whatever may call, and stop one after the other. Whoever stops them isn't blocked.
 */
public final class EasLifecycle implements SmartLifecycle {

	/** Polls stop here, after web servers have let go. */
	public static final int POLLING_PHASE = DEFAULT_PHASE - 4096;

	/**
	 * Polls and connections start here, earlier than whatever may call; calls in flight
	 * are waited for here, and connections closed, after that.
	 */
	public static final int CONNECTIONS_PHASE = 1;

	/** A fifth of the time of the phase is for closing, and for what stops after that. */
	private static final int SHARE_OF_CLOSING = 5;

	private final int phase;

	private final Runnable start;

	private final Runnable stop;

	private volatile boolean running;

	private EasLifecycle(int phase, Runnable start, Runnable stop) {
		this.phase = phase;
		this.start = start;
		this.stop = stop;
	}

	/** Stops polls while calls go on with the last lists. */
	static EasLifecycle ofPolling(EasServices services) {
		return new EasLifecycle(POLLING_PHASE, () -> {
		}, services::stop);
	}

	/**
	 * Starts the services, waits for their calls in the end, and closes the connections
	 * to instances: before the event loops end with Spring's
	 * {@code ReactorResourceFactory}, which have to do the closing and leave open what
	 * they weren't asked to close.
	 * @param services the services
	 * @param phase how long the application waits for all that stops in this phase
	 * @param tasks whether tasks run that the application waits for later than this
	 */
	static EasLifecycle ofConnections(EasServices services, Duration phase, BooleanSupplier tasks) {
		Duration waiting = phase.minus(phase.dividedBy(SHARE_OF_CLOSING));
		return new EasLifecycle(CONNECTIONS_PHASE, services::start, () -> services.drain(waiting, tasks));
	}

	@Override
	public void start() {
		this.running = true;
		this.start.run();
	}

	@Override
	public void stop() {
		this.running = false;
		this.stop.run();
	}

	@Override
	public void stop(Runnable callback) {
		new Thread(() -> {
			try {
				stop();
			}
			finally {
				callback.run();
			}
		}, "eas-stop").start();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return this.phase;
	}

}
