package io.eas.emulator.instance;

import java.util.Map;
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
public final class InstanceFront {

	private final TokenCheck tokens;

	private final Backend backend;

	private final Scheduler scheduler;

	private final Gate gate;

	private final Requests requests = new Requests();

	private volatile RequestFault fault = new RequestFault.None();

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
		return refusal.isPresent() ? exchange.answer(401, refusal.get()) : this.fault.apply(exchange);
	}

	private Answer answerTo(HttpServerResponse response) {
		Answer counted = this.requests.counting(Answer.streaming(response));
		return (status, headers, body) -> this.gate.pass()
			.then(Mono.defer(() -> Mono.from(counted.write(status, headers, body))));
	}

	/**
	 * Sets the fault, which replaces the one before.
	 * @param fault what is done to requests from now on
	 */
	public void fail(RequestFault fault) {
		this.fault = fault;
	}

	/**
	 * The fault.
	 * @return what is done to requests now
	 */
	public RequestFault fault() {
		return this.fault;
	}

	Gate gate() {
		return this.gate;
	}

	/**
	 * How many requests arrived.
	 * @return the count since the start, unanswered ones included
	 */
	public long requests() {
		return this.requests.count();
	}

	/**
	 * How requests were answered.
	 * @return statuses with counts
	 */
	public Map<Integer, Long> answers() {
		return this.requests.byStatus();
	}

}
