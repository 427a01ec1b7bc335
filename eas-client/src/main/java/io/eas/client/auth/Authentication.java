package io.eas.client.auth;

import io.eas.http.EncodedBody;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * How a call shows its token. Thread-safe.
 */
public interface Authentication {

	/**
	 * Prepares what goes into the headers of a request. Done once a call; the same values
	 * go out with each attempt.
	 * @param request what is sent
	 * @return the headers to set
	 */
	Credentials prepare(SignedPart request);

	/**
	 * The parts of a request that a signature covers.
	 *
	 * @param method the HTTP method
	 * @param contentType the {@code Content-Type} as sent
	 * @param resource the path with its query as sent
	 * @param body the body as sent
	 */
	record SignedPart(String method, String contentType, String resource, EncodedBody body) {
	}

	/**
	 * Headers that carry the credentials.
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
