package io.eas.emulator;

import java.util.Optional;

import io.eas.emulator.net.Answer;
import io.eas.emulator.net.Gate;
import io.eas.emulator.net.WireRequest;
import io.eas.emulator.token.TokenCheck;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The EAS engine's part of an instance: each request is counted, held while the instance
 * is frozen, its token checked, and then left to the fault, which is mostly to have none.
 */
final class InstanceFront {

	private final TokenCheck tokens;

	private final Backend backend;

	private final Scheduler scheduler;

	private final Gate gate;

	private final Requests requests = new Requests();

	private volatile InstanceFault fault = new InstanceFault.None();

	InstanceFront(TokenCheck tokens, Backend backend, Scheduler scheduler) {
		this.tokens = tokens;
		this.backend = backend;
		this.scheduler = scheduler;
		this.gate = new Gate(scheduler);
	}

	Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		this.requests.arrived();
		return WireRequest.read(request)
			.flatMap((whole) -> this.gate.pass()
				.then(Mono.defer(() -> answer(
						new Exchange(whole, response, answerTo(response), this.backend, this.scheduler)))));
	}

	private Mono<Void> answer(Exchange exchange) {
		Optional<String> refusal = this.tokens.refusal(exchange.request());
		return refusal.isPresent() ? exchange.answer(401, refusal.get()) : this.fault.meet(exchange);
	}

	private Answer answerTo(HttpServerResponse response) {
		Answer counted = this.requests.counting(Answer.streaming(response));
		return (status, headers, body) -> this.gate.pass()
			.then(Mono.defer(() -> Mono.from(counted.write(status, headers, body))));
	}

	void fail(InstanceFault fault) {
		this.fault = fault;
	}

	InstanceFault fault() {
		return this.fault;
	}

	Gate gate() {
		return this.gate;
	}

	Requests requests() {
		return this.requests;
	}

}
