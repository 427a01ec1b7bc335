package io.eas.client;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;

/**
 * Client of one EAS service for callers that wait for the response, such as servlet
 * applications and virtual threads. It is created by {@link EasClient#blocking()}, and
 * makes the same calls as that {@link EasClient}. Implementations are thread-safe. No
 * argument may be null.
 *
 * <pre class="code">
 * Digit digit = client.blocking().predict(new Image(pixels), Digit.class);
 * </pre>
 *
 * <p>
 * {@link EasBlockingRequest} describes how calls end.
 */
@FunctionalInterface
public interface EasBlockingClient {

	/**
	 * Prepares a call.
	 * @param method the HTTP method
	 * @param path see {@link EasClient#method}
	 * @return the request to complete
	 * @throws IllegalArgumentException see {@link EasClient#method}
	 */
	EasBlockingRequest method(HttpMethod method, String path);

	/**
	 * Prepares a POST request.
	 * @param path see {@link EasClient#method}
	 * @return the request to complete
	 * @throws IllegalArgumentException see {@link EasClient#method}
	 */
	default EasBlockingRequest post(String path) {
		return method(HttpMethod.POST, path);
	}

	/**
	 * Prepares a GET request.
	 * @param path see {@link EasClient#method}
	 * @return the request to complete
	 * @throws IllegalArgumentException see {@link EasClient#method}
	 */
	default EasBlockingRequest get(String path) {
		return method(HttpMethod.GET, path);
	}

	/**
	 * Posts a body to the prefix of the service and reads the response.
	 * @param body see {@link EasRequestSpec#body(Object)}
	 * @param answerType see {@link EasRequest#retrieve(Class)}
	 * @param <T> the type of the response body
	 * @return the response body, or null if there is none
	 * @throws EasException see {@link EasBlockingRequest#retrieve(Class)}
	 * @throws IllegalArgumentException see {@link EasRequestSpec#body(Object)}
	 */
	default <T> @Nullable T predict(Object body, Class<T> answerType) {
		return post("").body(body).retrieve(answerType);
	}

	/**
	 * Posts a body to the prefix of the service and reads the response into a generic
	 * type.
	 * @param body see {@link EasRequestSpec#body(Object)}
	 * @param answerType such as {@code new ParameterizedTypeReference<List<Digit>>() {}}
	 * @param <T> the type of the response body
	 * @return the response body, or null if there is none
	 * @throws EasException see {@link EasBlockingRequest#retrieve(Class)}
	 * @throws IllegalArgumentException see {@link EasRequestSpec#body(Object)}
	 */
	default <T> @Nullable T predict(Object body, ParameterizedTypeReference<T> answerType) {
		return post("").body(body).retrieve(answerType);
	}

}
