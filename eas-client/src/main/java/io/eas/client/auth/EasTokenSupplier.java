package io.eas.client.auth;

import java.time.Duration;

import reactor.core.publisher.Mono;

/**
 * Supplies tokens, for example from a vault, for the services that have no token in their
 * configuration. A single bean of this type supplies all these services. If there are
 * several beans, a service uses the bean whose qualifier or name is its alias.
 * Implementations must be thread-safe and must not block.
 */
@FunctionalInterface
public interface EasTokenSupplier {

	/**
	 * Returns the current token of a service. Called when the client starts, then once
	 * per {@link #refreshInterval}, and sooner after a failure. The client keeps the
	 * token, so calls never wait for this method except for the first token.
	 * @param alias the alias of the service
	 * @return a cold {@code Mono} with the token, in visible ASCII characters. If the
	 * {@code Mono} fails, is empty or takes longer than 10 seconds, the client keeps the
	 * previous token. Exceptions are logged without their messages
	 */
	Mono<String> token(String alias);

	/**
	 * Returns how long the client uses a token before it requests the next one.
	 * @return the interval, at least a second; one minute by default
	 */
	default Duration refreshInterval() {
		return Duration.ofMinutes(1);
	}

}
