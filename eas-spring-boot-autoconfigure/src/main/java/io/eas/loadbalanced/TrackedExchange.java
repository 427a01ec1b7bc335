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

	private final TrackedAttempt attempt;

	private final RetryRules rules;

	private TrackedExchange(Mono<ClientResponse> exchange, TrackedAttempt attempt, RetryRules rules) {
		super(exchange);
		this.attempt = attempt;
		this.rules = rules;
	}

	/**
	 * Makes an attempt.
	 * @param exchange makes it
	 * @param attempt the attempt, under way
	 * @param rules how statuses are judged
	 */
	static Mono<ClientResponse> of(Supplier<Mono<ClientResponse>> exchange, TrackedAttempt attempt, RetryRules rules) {
		try {
			return new TrackedExchange(exchange.get(), attempt, rules);
		}
		catch (Throwable ex) {
			attempt.end(Outcomes.ofAttempt(ex));
			return Mono.error(ex);
		}
	}

	@Override
	public void subscribe(CoreSubscriber<? super ClientResponse> actual) {
		this.source.subscribe(new Watch(actual, this.attempt, this.rules));
	}

	/**
	 * Sees the answer, or that there is none.
	 */
	private static final class Watch extends AttemptSubscriber<ClientResponse> {

		private final RetryRules rules;

		private boolean answered;

		Watch(CoreSubscriber<? super ClientResponse> actual, TrackedAttempt attempt, RetryRules rules) {
			super(actual, attempt);
			this.rules = rules;
		}

		@Override
		ClientResponse seen(ClientResponse response) {
			this.answered = true;
			return TrackedResponse.of(response, this.attempt, this.rules);
		}

		@Override
		void completed() {
			if (!this.answered) {
				this.attempt.end(Outcome.CANCELLED);
			}
		}

	}

}
