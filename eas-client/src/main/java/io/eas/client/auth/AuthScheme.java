package io.eas.client.auth;

import java.time.Clock;

import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;

/**
 * The forms in which EAS takes a token.
 */
public enum AuthScheme {

	/** {@code Authorization: EAS <signature>}, the vendor's SDKs' own. */
	SIGNATURE,

	/** {@code Authorization: <token>}. */
	TOKEN,

	/** {@code Authorization: Bearer <token>}. */
	BEARER,

	/** No credentials. */
	NONE;

	/**
	 * The authentication of a service.
	 * @param token its token; null only with {@link #NONE}
	 * @param clock tells the date that a signature covers
	 * @return how its calls show the token
	 */
	public Authentication with(@Nullable TokenSource token, Clock clock) {
		if (this == NONE) {
			return (request) -> Authentication.Credentials.NONE;
		}
		if (token == null) {
			throw new IllegalArgumentException("scheme " + this + " needs a token");
		}
		if (this == SIGNATURE) {
			return new SignatureAuthentication(token, clock);
		}
		String prefix = (this == BEARER) ? "Bearer " : "";
		return (request) -> {
			String value = prefix + token.token();
			return (headers) -> headers.set(HttpHeaderNames.AUTHORIZATION, value);
		};
	}

}
