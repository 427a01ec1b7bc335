package io.eas.emulator.discovery;

import java.util.Optional;
import java.util.function.Function;

import io.eas.emulator.net.Connections;
import io.eas.emulator.net.ResponseWriter;
import io.eas.emulator.net.WireResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.server.HttpServerResponse;

/**
 * One request to the discovery API and the ways to answer it.
 *
 * @param service the requested name
 * @param address the IP address of the instances, as this caller reaches them
 * @param services finds a service by its name
 * @param response the response to write
 * @param scheduler the scheduler for delays
 */
record DiscoveryExchange(String service, String address, Function<String, Optional<ListedService>> services,
		HttpServerResponse response, Scheduler scheduler) {

	/** Answers without a fault, as EAS does. */
	Mono<Void> answer() {
		return send(this.services.apply(this.service)
			.map((known) -> Upstreams.of(known, this.address).response())
			.orElseGet(() -> WireResponse.error(404, "there is no service " + this.service)));
	}

	Mono<Void> send(WireResponse answer) {
		return answer.write(ResponseWriter.streaming(this.response));
	}

	Mono<Void> reset() {
		return Connections.reset(this.response);
	}

}
