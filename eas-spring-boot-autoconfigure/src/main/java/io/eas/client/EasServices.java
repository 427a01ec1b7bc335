package io.eas.client;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * All services of an application. Starts their polls with the application, before web
 * servers take requests, and stops them after those have let go.
 */
public final class EasServices implements EasClients, SmartLifecycle, AutoCloseable {

	/** Earlier to start and later to stop than web servers. */
	public static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 4096;

	private final Map<String, EasService> services;

	private volatile boolean running;

	/**
	 * The services.
	 * @param services in the order of the configuration
	 */
	public EasServices(Collection<EasService> services) {
		Map<String, EasService> byName = new LinkedHashMap<>();
		services.forEach((service) -> byName.put(service.name(), service));
		this.services = Collections.unmodifiableMap(byName);
	}

	@Override
	public EasClient get(String alias) {
		return service(alias).client();
	}

	/**
	 * The service itself.
	 * @param alias the name under {@code eas.services}
	 * @return the service
	 * @throws IllegalArgumentException if there is no such service, naming those there
	 * are
	 */
	public EasService service(String alias) {
		EasService service = find(alias);
		if (service == null) {
			throw new IllegalArgumentException("There is no EAS service '" + alias
					+ "', configured under eas.services are " + this.services.keySet());
		}
		return service;
	}

	/** The service with this alias, or null. */
	@Nullable EasService find(String alias) {
		return this.services.get(alias);
	}

	/**
	 * All services.
	 * @return in the order of the configuration
	 */
	public Collection<EasService> all() {
		return this.services.values();
	}

	@Override
	public Set<String> names() {
		return this.services.keySet();
	}

	/**
	 * Starts the polls of all services, then waits for their first lists as each is
	 * configured.
	 * @throws EasStartupException if a service that must have instances has none
	 */
	@Override
	public void start() {
		this.running = true;
		long started = System.nanoTime();
		this.services.values().forEach(EasService::start);
		this.services.values().forEach((service) -> service.awaitFirstList(started));
	}

	@Override
	public void stop() {
		this.running = false;
		this.services.values().forEach(EasService::stop);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	@Override
	public void close() {
		this.services.values().forEach(EasService::close);
	}

}
