package io.eas.client;

import java.util.Set;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

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
	 * Creates a {@code RestClient} whose calls are those of the client of a service: sent
	 * to its instances, with its path prefix, credentials, retries, time limits and
	 * observations. URIs are below that prefix, such as {@code /v1/models} or
	 * {@code http://alias/v1/models}; those with another host are refused. Call
	 * {@link RestClient#mutate()} to change it.
	 * @param alias see {@link #get}
	 * @return a new client. What it throws is Spring's: if there is no response, a
	 * {@code ResourceAccessException}, which has the {@link EasException} among its
	 * causes
	 * @throws IllegalArgumentException see {@link #get}
	 */
	RestClient restClient(String alias);

	/**
	 * Creates a {@code WebClient} whose calls are those of the client of a service, like
	 * those of {@link #restClient}. Call {@link WebClient#mutate()} to change it.
	 * @param alias see {@link #get}
	 * @return a new client. Its failures are Spring's: if there is no response, a
	 * {@code WebClientRequestException} whose cause is an {@link EasException}
	 * @throws IllegalArgumentException see {@link #get}
	 */
	WebClient webClient(String alias);

	/**
	 * Returns the factory with which a {@code RestClient} or {@code RestTemplate} of your
	 * own calls the instances of a service. The body of a request is held in memory, up
	 * to {@code http.max-in-memory-size}, since it may be signed, and sent more than
	 * once.
	 * @param alias see {@link #get}
	 * @return the factory, which is thread-safe. Its requests fail with an
	 * {@code IOException} whose cause is an {@link EasException}, and block; interrupting
	 * the thread cancels the call
	 * @throws IllegalArgumentException see {@link #get}
	 */
	ClientHttpRequestFactory requestFactory(String alias);

	/**
	 * Returns the connector with which a {@code WebClient} of your own calls the
	 * instances of a service. The body of a request is held in memory, up to
	 * {@code http.max-in-memory-size}; that of a response is streamed.
	 * @param alias see {@link #get}
	 * @return the connector, which is thread-safe. Its calls are cold, and fail with an
	 * {@link EasException}; cancelling one closes the connection of the running attempt
	 * @throws IllegalArgumentException see {@link #get}
	 */
	ClientHttpConnector connector(String alias);

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
