package io.eas.autoconfigure;

import io.eas.service.EasService;
import io.eas.service.EasServices;

import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops a part of the services with the application: both parts start before
 * whatever may call, and stop one after the other.
 */
public final class EasLifecycle implements SmartLifecycle {

	/** Polls stop here, after web servers have let go. */
	public static final int POLLING_PHASE = DEFAULT_PHASE - 4096;

	/**
	 * Polls and connections start here, earlier than whatever may call; connections are
	 * closed here, after that.
	 */
	public static final int CONNECTIONS_PHASE = 1;

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
	 * Starts the services, and closes the connections to instances: before the event
	 * loops end with Spring's {@code ReactorResourceFactory}, which have to do the
	 * closing and leave open what they weren't asked to close.
	 */
	static EasLifecycle ofConnections(EasServices services) {
		return new EasLifecycle(CONNECTIONS_PHASE, services::start,
				() -> services.all().forEach(EasService::disconnect));
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
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return this.phase;
	}

}
