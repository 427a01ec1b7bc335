package io.eas.client.auth;

import java.time.Clock;

import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;

/**
 * The ways to send the token of a service to EAS.
 */
public enum AuthScheme {

	/** {@code Authorization: EAS <signature>}, as sent by the vendor's SDKs. */
	SIGNATURE,

	/** {@code Authorization: <token>}. */
	TOKEN,

	/** {@code Authorization: Bearer <token>}. */
	BEARER,

	/** No credentials. */
	NONE;

	/**
	 * Creates the authentication of a service.
	 * @param token the token; null only with {@link #NONE}
	 * @param clock the clock for the date that a signature covers
	 * @return the authentication
	 * @throws IllegalArgumentException if the token is null although this scheme needs
	 * one
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
