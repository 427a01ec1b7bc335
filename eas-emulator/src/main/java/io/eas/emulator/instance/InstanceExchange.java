package io.eas.emulator.instance;

import java.net.ProtocolException;

import io.eas.emulator.net.Connections;
import io.eas.emulator.net.ResponseWriter;
import io.eas.emulator.net.WireRequest;
import io.eas.emulator.net.WireResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.server.HttpServerResponse;

/**
 * One request to an instance and the ways to answer it.
 *
 * @param request the request with its body
 * @param response the caller's connection
 * @param answer writes the response
 * @param backend the model
 * @param scheduler the scheduler for delays
 */
public record InstanceExchange(WireRequest request, HttpServerResponse response, ResponseWriter answer, Backend backend,
		Scheduler scheduler) {

	/**
	 * Passes the request to the model. If the model breaks off the exchange, the caller's
	 * connection is reset; a response that isn't HTTP becomes a 502.
	 */
	Mono<Void> pass() {
		return pass(this.answer);
	}

	Mono<Void> pass(ResponseWriter to) {
		return this.backend.exchange(this.request, this.response, to)
			.onErrorResume(ProtocolException.class, this::notUnderstood)
			.onErrorResume((gone) -> reset());
	}

	private Mono<Void> notUnderstood(ProtocolException ex) {
		return this.response.hasSentHeaders() ? reset()
				: answer(502, "the model's answer isn't HTTP: " + ex.getMessage());
	}

	Mono<Void> answer(int status, String error) {
		return WireResponse.error(status, error).write(this.answer);
	}

	Mono<Void> reset() {
		return Connections.reset(this.response);
	}

}
