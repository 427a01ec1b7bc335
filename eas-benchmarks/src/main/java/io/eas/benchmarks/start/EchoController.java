package io.eas.benchmarks.start;

import reactor.core.publisher.Mono;

/** The only controller of an application, which passes bodies on to a model. */
interface EchoController {

	/** Returns a cold publisher of the model's response. */
	Mono<byte[]> echo(byte[] body);

}
