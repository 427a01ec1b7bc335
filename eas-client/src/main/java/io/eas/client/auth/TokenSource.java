package io.eas.client.auth;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Provides the token of a service. Implementations must be thread-safe and fast, since
 * they are called for each call, and must not include the token in {@code toString}.
 */
@FunctionalInterface
public interface TokenSource {

	/**
	 * Returns the current token.
	 * @return the token, which is sent unchanged
	 */
	String token();

	/**
	 * Returns a signal for which calls must wait while there is no token yet.
	 * @return a {@code Mono} that completes once there is a token, or null if there is
	 * one
	 */
	default @Nullable Mono<Void> pending() {
		return null;
	}

	/**
	 * Returns why there is no token yet, as far as it is known.
	 * @return the reason, which shows no part of a token, or null if none is known
	 */
	default @Nullable String lastFailure() {
		return null;
	}

	/**
	 * Creates the source of a token that doesn't change.
	 * @param token the token
	 * @return the source, whose {@code toString} doesn't show the token
	 * @throws IllegalArgumentException if the text is not valid as a token
	 */
	static TokenSource fixed(String token) {
		return new FixedToken(checked(token));
	}

	/**
	 * Checks that a text is valid as a token.
	 * @param token the text
	 * @return the text
	 * @throws IllegalArgumentException if the text is empty or has characters other than
	 * visible ASCII; the message shows only the first invalid character
	 */
	static String checked(String token) {
		if (token.isEmpty()) {
			throw new IllegalArgumentException("it is empty");
		}
		for (int i = 0; i < token.length(); i++) {
			if (token.charAt(i) <= ' ' || token.charAt(i) > '~') {
				throw new IllegalArgumentException(
						"it has characters other than visible ASCII, such as U+%04X".formatted(token.codePointAt(i)));
			}
		}
		return token;
	}

}
