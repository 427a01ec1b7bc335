package io.eas.benchmarks.start;

import reactor.core.publisher.Mono;

/** The only controller of an application, which passes bodies on to a model. */
interface EchoController {

	/** Returns a cold call with the answer of the model. */
	Mono<byte[]> echo(byte[] body);

}
