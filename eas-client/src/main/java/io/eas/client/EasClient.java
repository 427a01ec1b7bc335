package io.eas.client;

import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;

/**
 * Client of one EAS service. Each call is sent to a healthy instance of that service. A
 * client is created once, by the starter or by {@code Eas.builder()}, and is used for all
 * calls. Implementations are thread-safe. No argument may be null.
 *
 * <pre class="code">
 * Mono&lt;Digit&gt; digit = client.predict(new Image(pixels), Digit.class);
 *
 * Mono&lt;Answer&gt; answer = client.post("/v1/chat/completions")
 *     .body(question)
 *     .timeout(Duration.ofSeconds(30))
 *     .retrieve(Answer.class);
 * </pre>
 *
 * <p>
 * Every returned {@code Mono} is cold: each subscription is one call, with its own
 * attempts and its own deadline. Cancelling a subscription closes the connection of the
 * running attempt. All failures are signalled as {@link EasException}.
 */
public interface EasClient {

	/**
	 * Returns the alias of the service that this client calls.
	 * @return the name under {@code eas.services}
	 */
	String name();

	/**
	 * Prepares a call.
	 * @param method the HTTP method
	 * @param path the path below the service's prefix, such as
	 * {@code /v1/chat/completions}, in plain text: characters that need encoding are
	 * encoded. An empty path is the prefix itself
	 * @return the request to complete
	 * @throws IllegalArgumentException if the path is not empty and has no leading slash,
	 * contains a query or a fragment, or leaves the prefix with {@code ..}
	 */
	EasRequest method(HttpMethod method, String path);

	/**
	 * Returns the same client for callers that wait for the response.
	 * @return the blocking client, which makes its calls through this client
	 */
	default EasBlockingClient blocking() {
		return (method, path) -> new BlockingRequest(name(), method(method, path));
	}

	/**
	 * Prepares a POST request.
	 * @param path see {@link #method}
	 * @return the request to complete
	 * @throws IllegalArgumentException see {@link #method}
	 */
	default EasRequest post(String path) {
		return method(HttpMethod.POST, path);
	}

	/**
	 * Prepares a GET request.
	 * @param path see {@link #method}
	 * @return the request to complete
	 * @throws IllegalArgumentException see {@link #method}
	 */
	default EasRequest get(String path) {
		return method(HttpMethod.GET, path);
	}

	/**
	 * Posts a body to the prefix of the service and reads the response. Most predictions
	 * need nothing else.
	 * @param body see {@link EasRequest#body(Object)}
	 * @param answerType see {@link EasRequest#retrieve(Class)}
	 * @param <T> the type of the response body
	 * @return the response body; see {@link EasRequest#retrieve(Class)}
	 * @throws IllegalArgumentException see {@link EasRequest#body(Object)}
	 */
	default <T> Mono<T> predict(Object body, Class<T> answerType) {
		return post("").body(body).retrieve(answerType);
	}

	/**
	 * Posts a body to the prefix of the service and reads the response into a generic
	 * type.
	 * @param body see {@link EasRequest#body(Object)}
	 * @param answerType such as {@code new ParameterizedTypeReference<List<Digit>>() {}}
	 * @param <T> the type of the response body
	 * @return the response body; see {@link EasRequest#retrieve(Class)}
	 * @throws IllegalArgumentException see {@link EasRequest#body(Object)}
	 */
	default <T> Mono<T> predict(Object body, ParameterizedTypeReference<T> answerType) {
		return post("").body(body).retrieve(answerType);
	}

}
