package io.eas.emulator.instance;

import java.net.ProtocolException;

import io.eas.emulator.net.Answer;
import io.eas.emulator.net.Connections;
import io.eas.emulator.net.WireRequest;
import io.eas.emulator.net.WireResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.server.HttpServerResponse;

/**
 * One request at an instance, and what can be done about it.
 *
 * @param request the request with its body
 * @param response the connection's side of the answer
 * @param answer where answers are to go
 * @param backend the model
 * @param scheduler where time passes
 */
public record Exchange(WireRequest request, HttpServerResponse response, Answer answer, Backend backend,
		Scheduler scheduler) {

	/**
	 * Lets the model answer; the connection breaks if the model does. What it answers
	 * that is no HTTP is a bad gateway's.
	 */
	Mono<Void> pass() {
		return pass(this.answer);
	}

	Mono<Void> pass(Answer to) {
		return this.backend.exchange(this.request, to)
			.onErrorResume(ProtocolException.class, this::notUnderstood)
			.onErrorResume((gone) -> reset());
	}

	private Mono<Void> notUnderstood(ProtocolException ex) {
		return this.response.hasSentHeaders() ? reset()
				: answer(502, "the model's answer is no HTTP: " + ex.getMessage());
	}

	Mono<Void> answer(int status, String error) {
		return WireResponse.error(status, error).write(this.answer);
	}

	Mono<Void> reset() {
		return Connections.reset(this.response);
	}

}
