package io.eas.client.auth;

/**
 * A token from the configuration.
 *
 * @param token the token
 */
record FixedToken(String token) implements TokenSource {

	@Override
	public String toString() {
		return "a fixed token";
	}

}
