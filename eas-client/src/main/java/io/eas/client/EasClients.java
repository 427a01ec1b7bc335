package io.eas.client;

import java.util.Set;

/**
 * The clients of all configured services by their alias. Thread-safe.
 */
public interface EasClients {

	/**
	 * The client of a service.
	 * @param alias the name under {@code eas.services}
	 * @return the client, the same each time
	 * @throws IllegalArgumentException if there is no such service, naming those there
	 * are
	 */
	EasClient get(String alias);

	/**
	 * The aliases of the configured services.
	 * @return the names in the order of the configuration
	 */
	Set<String> names();

}
