package io.eas.client;

/**
 * Where the token of a service comes from. Thread-safe and quick: asked for each call.
 * Implementations keep the token out of {@code toString}.
 */
@FunctionalInterface
public interface TokenSource {

	/**
	 * The token as it is now.
	 * @return the token, sent as it is
	 */
	String token();

	/**
	 * A token that doesn't change.
	 * @param token the token
	 * @return its source, whose {@code toString} doesn't show it
	 */
	static TokenSource fixed(String token) {
		return new FixedToken(token);
	}

}
