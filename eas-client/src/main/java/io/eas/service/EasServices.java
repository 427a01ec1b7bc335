package io.eas.service;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.eas.client.EasClient;
import io.eas.client.EasClients;
import io.eas.client.EasStartupException;
import org.jspecify.annotations.Nullable;

/**
 * All services of an application. Thread-safe, but for start and stop, which one thread
 * calls at a time.
 */
public final class EasServices implements EasClients {

	private final Map<String, EasService> services;

	private final Runnable end;

	/**
	 * The services.
	 * @param services in the order of the configuration
	 */
	public EasServices(Collection<EasService> services) {
		this(services, () -> {
		});
	}

	/**
	 * Services that run on something of their own.
	 * @param services in the order of the configuration
	 * @param end ends what they run on, called by {@link #close}
	 */
	public EasServices(Collection<EasService> services, Runnable end) {
		Map<String, EasService> byName = new LinkedHashMap<>();
		services.forEach((service) -> byName.put(service.name(), service));
		this.services = Collections.unmodifiableMap(byName);
		this.end = end;
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

	/**
	 * The service with an alias.
	 * @param alias the name under {@code eas.services}
	 * @return the service, or null if there is none
	 */
	public @Nullable EasService find(String alias) {
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
	public void start() {
		long started = System.nanoTime();
		this.services.values().forEach(EasService::start);
		this.services.values().forEach((service) -> service.awaitFirstList(started));
	}

	/**
	 * Stops the polls; calls go on with the last lists.
	 */
	public void stop() {
		this.services.values().forEach(EasService::stop);
	}

	@Override
	public void close() {
		try {
			this.services.values().forEach(EasService::close);
		}
		finally {
			this.end.run();
		}
	}

}
