package io.eas.autoconfigure;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import io.eas.service.EasServices;

import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops one of two parts of the services with the application: the polls and
 * the connections. Both parts start before all beans that may make calls, and stop one
 * after the other. {@link #stop(Runnable)} doesn't block.
 */
public final class EasLifecycle implements SmartLifecycle {

	/** The phase in which polls stop, after the web servers have stopped. */
	public static final int POLLING_PHASE = DEFAULT_PHASE - 4096;

	/**
	 * The phase in which polls and connections start, before all beans that may make
	 * calls. On shutdown, calls in flight are awaited and connections are closed in this
	 * phase, after all these beans have stopped.
	 */
	public static final int CONNECTIONS_PHASE = 1;

	/**
	 * The inverse of the share of the phase's timeout that is reserved for closing
	 * connections, and for beans that stop later.
	 */
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

	/**
	 * Creates the lifecycle of polls. Calls can still be made after it has stopped, with
	 * the last lists.
	 */
	static EasLifecycle ofPolling(EasServices services) {
		return new EasLifecycle(POLLING_PHASE, () -> {
		}, services::stop);
	}

	/**
	 * Creates the lifecycle of connections. It starts the services. On shutdown, it waits
	 * for calls in flight and closes the connections to instances. That happens before
	 * Spring's {@code ReactorResourceFactory} stops the event loops, which must close the
	 * connections themselves.
	 * @param services the services
	 * @param phase the maximum time that the application waits for the beans of a phase
	 * @param tasks returns whether there are running tasks that the application awaits
	 * later
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
