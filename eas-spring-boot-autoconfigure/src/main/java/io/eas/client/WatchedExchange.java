package io.eas.client;

import java.util.function.Supplier;

import io.eas.loadbalancer.Flight;
import io.eas.loadbalancer.Outcome;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * One attempt of a {@code WebClient} until its answer, the end of whose
 * {@linkplain WatchedResponse body} is its own.
 */
final class WatchedExchange extends WatchedFlight<ClientResponse> {

	private boolean answered;

	private WatchedExchange(Flight flight) {
		super(flight, Outcome.ABANDONED);
	}

	/**
	 * Makes an attempt whose instance is judged by how it ends.
	 * @param exchange makes it
	 * @param flight the attempt, under way
	 * @param rules how statuses are judged
	 * @return to be subscribed to once
	 */
	static Mono<ClientResponse> of(Supplier<Mono<ClientResponse>> exchange, Flight flight, RetryRules rules) {
		return Mono.defer(exchange)
			.tap(() -> new WatchedExchange(flight))
			.map((response) -> WatchedResponse.of(response, flight, rules));
	}

	@Override
	public void doOnNext(ClientResponse response) {
		this.answered = true;
	}

	@Override
	public void doOnComplete() {
		if (!this.answered) {
			super.doOnComplete();
		}
	}

}
