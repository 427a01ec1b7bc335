package io.eas.client.auth;

import java.time.Duration;

import reactor.core.publisher.Mono;

/**
 * Supplies the tokens of services that have none in their configuration, such as from a
 * vault. As a bean it is used for all such services; with several beans, a service uses
 * the one whose qualifier or name is its alias. Implementations must be thread-safe and
 * must not block.
 */
@FunctionalInterface
public interface EasTokenSupplier {

	/**
	 * Returns the current token of a service. Called when the client starts, then once
	 * per {@link #refreshInterval}, and sooner after a failure. The client keeps the
	 * token, so calls never wait for this method except for the first token.
	 * @param alias the alias of the service
	 * @return a cold {@code Mono} with the token, in visible ASCII characters. If it
	 * fails, is empty or takes longer than 10 seconds, the token before is used. Its
	 * exceptions are logged without their messages
	 */
	Mono<String> token(String alias);

	/**
	 * Returns how long a token is used before the next one is asked for.
	 * @return the interval, at least a second; one minute by default
	 */
	default Duration refreshInterval() {
		return Duration.ofMinutes(1);
	}

}
