package io.eas.loadbalanced;

import java.util.function.Supplier;

import io.eas.client.call.Outcomes;
import io.eas.client.retry.RetryRules;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.selection.TrackedAttempt;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;

import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * One attempt of a {@code WebClient} whose instance is judged by how it ends: by a
 * failure or a cancellation before the answer, else by the end of the
 * {@linkplain TrackedResponse answer's body}. To be subscribed to once.
 */
final class TrackedExchange extends MonoOperator<ClientResponse, ClientResponse> {

	private final TrackedAttempt flight;

	private final RetryRules rules;

	private TrackedExchange(Mono<ClientResponse> exchange, TrackedAttempt flight, RetryRules rules) {
		super(exchange);
		this.flight = flight;
		this.rules = rules;
	}

	/**
	 * Makes an attempt.
	 * @param exchange makes it
	 * @param flight the attempt, under way
	 * @param rules how statuses are judged
	 */
	static Mono<ClientResponse> of(Supplier<Mono<ClientResponse>> exchange, TrackedAttempt flight, RetryRules rules) {
		try {
			return new TrackedExchange(exchange.get(), flight, rules);
		}
		catch (Throwable ex) {
			flight.end(Outcomes.ofExchange(ex));
			return Mono.error(ex);
		}
	}

	@Override
	public void subscribe(CoreSubscriber<? super ClientResponse> actual) {
		this.source.subscribe(new Watch(actual, this.flight, this.rules));
	}

	/**
	 * Sees the answer, or that there is none.
	 */
	private static final class Watch extends AttemptSubscriber<ClientResponse> {

		private final RetryRules rules;

		private boolean answered;

		Watch(CoreSubscriber<? super ClientResponse> actual, TrackedAttempt flight, RetryRules rules) {
			super(actual, flight);
			this.rules = rules;
		}

		@Override
		ClientResponse seen(ClientResponse response) {
			this.answered = true;
			return TrackedResponse.of(response, this.flight, this.rules);
		}

		@Override
		void completed() {
			if (!this.answered) {
				this.flight.end(Outcome.CANCELLED);
			}
		}

	}

}
