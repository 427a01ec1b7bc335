package io.eas.emulator.instance;

import java.util.Map;
import java.util.Optional;

import io.eas.emulator.net.Gate;
import io.eas.emulator.net.ResponseWriter;
import io.eas.emulator.net.WireRequest;
import io.eas.emulator.token.TokenCheck;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Handles each request before it reaches the model, as the engine of EAS does. Counts the
 * request, holds it while the instance is frozen, checks its token, and then applies the
 * current fault, if any. Thread-safe.
 */
public final class Frontend {

	private final TokenCheck tokens;

	private final Backend backend;

	private final Scheduler scheduler;

	private final Gate gate;

	private final RequestCounter requests = new RequestCounter();

	private volatile RequestFault fault = new RequestFault.None();

	Frontend(TokenCheck tokens, Backend backend, Scheduler scheduler) {
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
						new InstanceExchange(whole, response, answerTo(response), this.backend, this.scheduler)))))
			.doFinally((end) -> this.requests.ended());
	}

	private Mono<Void> answer(InstanceExchange exchange) {
		Optional<String> refusal = this.tokens.refusal(exchange.request());
		return refusal.isPresent() ? exchange.answer(401, refusal.get()) : this.fault.apply(exchange);
	}

	private ResponseWriter answerTo(HttpServerResponse response) {
		ResponseWriter counted = this.requests.counting(ResponseWriter.streaming(response));
		return (status, headers, body) -> this.gate.pass()
			.then(Mono.defer(() -> Mono.from(counted.write(status, headers, body))));
	}

	/**
	 * Sets the fault, which replaces the previous one.
	 * @param fault the fault to apply to requests from now on
	 */
	public void fail(RequestFault fault) {
		this.fault = fault;
	}

	/**
	 * Returns the current fault of requests.
	 * @return the fault
	 */
	public RequestFault fault() {
		return this.fault;
	}

	Gate gate() {
		return this.gate;
	}

	/**
	 * Returns the number of requests that arrived.
	 * @return the count since the start, unanswered ones included
	 */
	public long requests() {
		return this.requests.count();
	}

	/**
	 * Returns the number of requests that are under way.
	 * @return the current number
	 */
	public long inFlight() {
		return this.requests.inFlight();
	}

	/**
	 * Returns the number of responses by status.
	 * @return the counts by status
	 */
	public Map<Integer, Long> answers() {
		return this.requests.byStatus();
	}

}
