package io.eas.autoconfigure;

import io.eas.service.EasService;
import io.eas.service.EasServices;

import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops a part of the services with the application.
 */
final class EasLifecycle implements SmartLifecycle {

	private final int phase;

	private final Runnable start;

	private final Runnable stop;

	private volatile boolean running;

	private EasLifecycle(int phase, Runnable start, Runnable stop) {
		this.phase = phase;
		this.start = start;
		this.stop = stop;
	}

	/** Polls start before web servers take requests, and stop after those have let go. */
	static EasLifecycle ofPolling(EasServices services) {
		return new EasLifecycle(DEFAULT_PHASE - 4096, services::start, services::stop);
	}

	/**
	 * The connections to instances are closed after whatever may still call, and before
	 * the event loops end with Spring's {@code ReactorResourceFactory}, which have to do
	 * the closing and leave open what they weren't asked to close. Calls open them.
	 */
	static EasLifecycle ofConnections(EasServices services) {
		return new EasLifecycle(1, () -> {
		}, () -> services.all().forEach(EasService::disconnect));
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
