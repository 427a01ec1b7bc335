package io.eas.autoconfigure;

import reactor.netty.http.client.HttpClient;

/**
 * Customizes the HTTP client of a service, for calls, discovery and health checks: for
 * example with a proxy, socket options or handlers. All beans of this type are applied,
 * in their order.
 *
 * <p>
 * The settings of the starter are applied afterwards, so timeouts, event loops, redirects
 * and addresses can't be changed. A customizer that changes the connection pool, the
 * protocol, the base URL or the decompression prevents the application from starting,
 * since connections, retries and limits depend on these. Implementations must be
 * thread-safe.
 */
@FunctionalInterface
public interface EasClientCustomizer {

	/**
	 * Customizes a client. Called once per service at the start, and for each instance
	 * when it is first called. An exception at the start prevents the application from
	 * starting. A later exception is logged, and the client is used without the
	 * customization.
	 * @param alias the alias of the service
	 * @param client the client
	 * @return the client to use
	 */
	HttpClient customize(String alias, HttpClient client);

}
