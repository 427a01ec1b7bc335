package io.eas.benchmarks.clients;

import io.eas.benchmarks.load.Outcome;
import reactor.core.publisher.Mono;

/**
 * One client of a service that echoes.
 */
public interface Client extends AutoCloseable {

	/**
	 * A call with {@link Body#BYTES} as its body.
	 * @return cold; never fails, but says so in the outcome
	 */
	Mono<Outcome> call();

	@Override
	void close();

}
