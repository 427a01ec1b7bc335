package io.eas.client;

import java.util.Set;

/**
 * Holds the clients of all configured services by alias. Implementations are thread-safe.
 */
public interface EasClients extends AutoCloseable {

	/**
	 * Returns the client of a service.
	 * @param alias the name under {@code eas.services}
	 * @return the client; the same object for each call of this method
	 * @throws IllegalArgumentException if no service has this alias; the message lists
	 * the configured aliases
	 */
	EasClient get(String alias);

	/**
	 * Returns the aliases of the configured services.
	 * @return the aliases, in the order of the configuration
	 */
	Set<String> names();

	/**
	 * Stops discovery, closes all connections and ends the calls in flight; later calls
	 * fail. Only the code that built the clients should call this method: clients
	 * injected by Spring are closed with the application context. Closing closed clients
	 * has no effect.
	 */
	@Override
	void close();

}
