package io.eas.client;

import java.util.Set;

/**
 * The clients of all configured services by their alias. Thread-safe.
 */
public interface EasClients extends AutoCloseable {

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

	/**
	 * Ends polls, connections and the calls that are under way; later calls fail. Who has
	 * built the clients closes them: those that are injected by Spring end with the
	 * application, and are to be left open. Does nothing if already closed.
	 */
	@Override
	void close();

}
