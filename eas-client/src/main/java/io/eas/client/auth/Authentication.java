package io.eas.client.auth;

import io.eas.http.EncodedBody;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * Authenticates calls with the token of a service. Implementations are thread-safe.
 */
public interface Authentication {

	/**
	 * Prepares the headers that authenticate a call. Called once per call; each attempt
	 * sends the same values.
	 * @param request the parts of the request that a signature covers
	 * @return the headers to set
	 */
	Credentials prepare(SignedPart request);

	/**
	 * Returns whether the headers depend on the request, so that its whole body must be
	 * known.
	 * @return true for a signature
	 */
	default boolean signs() {
		return false;
	}

	/**
	 * The parts of a request that a signature covers.
	 *
	 * @param method the HTTP method
	 * @param contentType the {@code Content-Type} as sent
	 * @param resource the path with its query, as sent
	 * @param body the body as sent
	 */
	record SignedPart(String method, String contentType, String resource, EncodedBody body) {
	}

	/**
	 * The headers that authenticate a call.
	 */
	@FunctionalInterface
	interface Credentials {

		/** No credentials. */
		Credentials NONE = (headers) -> {
		};

		/**
		 * Sets the headers.
		 * @param headers the headers of one attempt
		 */
		void writeTo(HttpHeaders headers);

	}

}
