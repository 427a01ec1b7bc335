package io.eas.client;

import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;

/**
 * Calls one service on EAS, each call on some healthy instance of it. Thread-safe; made
 * once, by the starter or by {@code Eas.builder()}, and used for every call.
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
 * Every {@code Mono} is cold: a subscription is a call, with attempts and a deadline of
 * its own; cancelling it closes the connection that its attempt used. What fails comes as
 * an {@link EasException}.
 */
public interface EasClient {

	/**
	 * The alias of the service this client calls.
	 * @return the name under {@code eas.services}
	 */
	String name();

	/**
	 * Prepares a call.
	 * @param method the HTTP method
	 * @param path the path below the service's prefix, such as
	 * {@code /v1/chat/completions}; empty for the prefix itself. Plain text: what needs
	 * encoding is encoded
	 * @return a call to be completed, of one use
	 * @throws IllegalArgumentException if the path isn't empty and has no leading slash,
	 * holds a query or a fragment, or goes up with {@code ..}
	 */
	EasRequest method(HttpMethod method, String path);

	/**
	 * Prepares a POST.
	 * @param path see {@link #method}
	 * @return a call to be completed
	 */
	default EasRequest post(String path) {
		return method(HttpMethod.POST, path);
	}

	/**
	 * Prepares a GET.
	 * @param path see {@link #method}
	 * @return a call to be completed
	 */
	default EasRequest get(String path) {
		return method(HttpMethod.GET, path);
	}

	/**
	 * Posts a body to the service and reads the answer: the whole of most predictions.
	 * @param body what {@link EasRequest#body(Object)} takes
	 * @param answerType what {@link EasRequest#retrieve(Class)} gives
	 * @param <T> the type of the answer
	 * @return the answer; see {@link EasRequest#retrieve(Class)}
	 */
	default <T> Mono<T> predict(Object body, Class<T> answerType) {
		return post("").body(body).retrieve(answerType);
	}

	/**
	 * Posts a body to the service and reads the answer into a generic type.
	 * @param body what {@link EasRequest#body(Object)} takes
	 * @param answerType such as {@code new ParameterizedTypeReference<List<Digit>>() {}}
	 * @param <T> the type of the answer
	 * @return the answer; see {@link EasRequest#retrieve(Class)}
	 */
	default <T> Mono<T> predict(Object body, ParameterizedTypeReference<T> answerType) {
		return post("").body(body).retrieve(answerType);
	}

}
