package io.eas.benchmarks.clients;

import io.eas.benchmarks.load.Outcome;
import reactor.core.publisher.Mono;

/**
 * A client of an echo service.
 */
public interface Client extends AutoCloseable {

	/**
	 * Makes a call with {@link Body#BYTES} as its body.
	 * @return a cold publisher that never fails, because failures are part of the outcome
	 */
	Mono<Outcome> call();

	@Override
	void close();

}
