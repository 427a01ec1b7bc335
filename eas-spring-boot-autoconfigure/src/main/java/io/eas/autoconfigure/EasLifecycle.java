package io.eas.autoconfigure;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import io.eas.service.EasServices;

import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops the polls or the connections of all services with the application.
 * Both start before all beans that may make calls. On shutdown, the polls stop first, and
 * the connections later. {@link #stop(Runnable)} doesn't block.
 */
public final class EasLifecycle implements SmartLifecycle {

	/** The phase in which polls stop, after the web servers have stopped. */
	public static final int POLLING_PHASE = DEFAULT_PHASE - 4096;

	/**
	 * The phase in which polls and connections start, before all beans that may make
	 * calls. On shutdown, this phase comes after those beans have stopped: it waits for
	 * calls in flight, then closes the connections.
	 */
	public static final int CONNECTIONS_PHASE = 1;

	/**
	 * The divisor for the share of the phase's timeout that is reserved for closing
	 * connections and for beans that stop later.
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
	 * Creates the lifecycle of polls. After the polls have stopped, calls still use the
	 * last lists.
	 */
	static EasLifecycle ofPolling(EasServices services) {
		return new EasLifecycle(POLLING_PHASE, () -> {
		}, services::stop);
	}

	/**
	 * Creates the lifecycle of connections. It starts the services. On shutdown, it waits
	 * for calls in flight and closes the connections to instances. It does so before
	 * Spring's {@code ReactorResourceFactory} stops the event loops, since connections
	 * are closed on their event loops.
	 * @param services the services
	 * @param phase the maximum time that the application waits for the beans of a phase
	 * @param tasks returns whether executors still have running tasks, which they may
	 * await later, when they are destroyed
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
