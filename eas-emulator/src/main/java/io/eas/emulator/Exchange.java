package io.eas.emulator;

import io.eas.emulator.net.Answer;
import io.eas.emulator.net.Connections;
import io.eas.emulator.net.WireRequest;
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
record Exchange(WireRequest request, HttpServerResponse response, Answer answer, Backend backend, Scheduler scheduler) {

	/** Lets the model answer; the connection breaks if the model does. */
	Mono<Void> pass() {
		return pass(this.answer);
	}

	Mono<Void> pass(Answer to) {
		return this.backend.exchange(this.request, to).onErrorResume((gone) -> reset());
	}

	Mono<Void> answer(int status, String error) {
		return HandlerBackend.write(Errors.json(status, error), this.answer);
	}

	Mono<Void> reset() {
		return Connections.reset(this.response);
	}

}
