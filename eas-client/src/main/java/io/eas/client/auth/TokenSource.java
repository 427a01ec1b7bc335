package io.eas.client.auth;

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
	 * @throws IllegalArgumentException if it can't be a token
	 */
	static TokenSource fixed(String token) {
		return new FixedToken(checked(token));
	}

	/**
	 * Checks that a text can be sent as a token.
	 * @param token the text
	 * @return the text
	 * @throws IllegalArgumentException if it is empty or has other than visible ASCII
	 * characters; doesn't show the text
	 */
	static String checked(String token) {
		if (token.isEmpty() || !token.chars().allMatch((character) -> character > ' ' && character < 127)) {
			throw new IllegalArgumentException(
					token.isEmpty() ? "it is empty" : "it holds other than visible ASCII characters");
		}
		return token;
	}

}
