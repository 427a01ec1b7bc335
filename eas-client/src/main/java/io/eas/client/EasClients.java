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
	 * Creates a {@code RestClient} that makes its calls through the client of a service.
	 * The calls go to the instances of the service, with its path prefix, credentials,
	 * retries, time limits and observations. A URI is either a path below the prefix,
	 * such as {@code /v1/models}, or a URL with the alias as its host, such as {@code
	 * http://alias/v1/models}. URLs with another host are refused. Call
	 * {@link RestClient#mutate()} to change the {@code RestClient}.
	 * @param alias see {@link #get}
	 * @return a new client. It throws Spring's exceptions: if there is no response, a
	 * {@code ResourceAccessException} with an {@link EasException} among its causes
	 * @throws IllegalArgumentException see {@link #get}
	 */
	RestClient restClient(String alias);

	/**
	 * Creates a {@code WebClient} that, like {@link #restClient}, makes its calls through
	 * the client of a service. Call {@link WebClient#mutate()} to change the {@code
	 * WebClient}.
	 * @param alias see {@link #get}
	 * @return a new client. Its calls fail with Spring's exceptions: if there is no
	 * response, a {@code WebClientRequestException} whose cause is an
	 * {@link EasException}
	 * @throws IllegalArgumentException see {@link #get}
	 */
	WebClient webClient(String alias);

	/**
	 * Returns the factory with which a {@code RestClient} or {@code RestTemplate} of your
	 * own calls the instances of a service. The body of a request is held in memory, up
	 * to {@code http.max-in-memory-size}, because the client may have to sign the body
	 * and to send it more than once.
	 * @param alias see {@link #get}
	 * @return the factory, which is thread-safe. Its requests block the thread;
	 * interrupting the thread cancels the call. A request that fails throws an {@code
	 * IOException} whose cause is an {@link EasException}
	 * @throws IllegalArgumentException see {@link #get}
	 */
	ClientHttpRequestFactory requestFactory(String alias);

	/**
	 * Returns the connector with which a {@code WebClient} of your own calls the
	 * instances of a service. The body of a request is held in memory, up to {@code
	 * http.max-in-memory-size}. The body of a response is streamed. If a call accepts
	 * {@code text/event-stream}, its response comes with the first event of the stream,
	 * and until then the call may be retried.
	 * @param alias see {@link #get}
	 * @return the connector, which is thread-safe. Its calls are cold and fail with an
	 * {@link EasException}. Cancelling a call closes the connection of the running
	 * attempt
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
	 * injected by Spring are closed with the application context. Closing the clients
	 * again has no effect.
	 */
	@Override
	void close();

}
