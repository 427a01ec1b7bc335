package io.eas.client;

import org.springframework.context.SmartLifecycle;

/**
 * Closes the connections to instances when the application stops: after whatever may
 * still call, and before the event loops end, which have to do the closing and leave open
 * what they weren't asked to close.
 */
public final class EasConnections implements SmartLifecycle {

	/**
	 * Later to stop than callers, earlier than Spring's {@code ReactorResourceFactory}.
	 */
	public static final int PHASE = 1;

	private final EasServices services;

	private volatile boolean running;

	/**
	 * The connections of services.
	 * @param services the services
	 */
	public EasConnections(EasServices services) {
		this.services = services;
	}

	/** Does nothing: connections are opened by calls. */
	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.services.all().forEach(EasService::disconnect);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
