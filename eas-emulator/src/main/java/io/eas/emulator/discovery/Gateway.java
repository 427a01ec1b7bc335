package io.eas.emulator.discovery;

import java.util.Optional;

import io.eas.emulator.net.Connections;
import io.eas.emulator.net.Forwarder;
import io.eas.emulator.net.Loopback;
import io.eas.emulator.net.ResponseWriter;
import io.eas.emulator.net.WireRequest;
import io.eas.emulator.net.WireResponse;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Forwards a call to one of the service's listed instances, chosen by weight. Never
 * retries.
 *
 * @param forwarder forwards the requests
 * @param bodyLimit the largest body of a request, in bytes; a larger one is answered with
 * 413
 */
record Gateway(Forwarder forwarder, long bodyLimit) {

	Publisher<Void> handle(ListedService service, HttpServerRequest request, HttpServerResponse response) {
		Optional<ListedInstance> instance = service.next();
		if (instance.isEmpty()) {
			return refuse(response, 503, service.name() + " has no instance");
		}
		int port = instance.get().port();
		return WireRequest.read(request)
			.flatMap((whole) -> (whole.body().length > this.bodyLimit) ? tooLarge(whole, response)
					: this.forwarder.forward(port, whole, response, ResponseWriter.streaming(response)))
			.onErrorResume((ex) -> broken(instance.get(), response));
	}

	private Mono<Void> tooLarge(WireRequest request, HttpServerResponse response) {
		return refuse(response, 413, "the body has " + request.body().length + " bytes, and the gateway takes "
				+ this.bodyLimit + " at most: call the instances directly, or raise the limit of the local EAS");
	}

	private static Mono<Void> broken(ListedInstance instance, HttpServerResponse response) {
		return response.hasSentHeaders() ? Connections.reset(response)
				: refuse(response, 502, "instance " + Loopback.address(instance.port()) + " can't be reached");
	}

	static Mono<Void> refuse(HttpServerResponse response, int status, String error) {
		return WireResponse.error(status, error).write(ResponseWriter.streaming(response));
	}

}
