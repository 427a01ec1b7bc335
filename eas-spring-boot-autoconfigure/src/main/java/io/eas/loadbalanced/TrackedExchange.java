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
 * The exchange of an attempt of a {@code WebClient}. It ends the attempt on a failure or
 * a cancellation before the response; after that, the {@linkplain TrackedResponse body}
 * of the response ends it. Must be subscribed to only once.
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
	 * Creates a tracked exchange.
	 * @param exchange supplies the exchange
	 * @param attempt the attempt, which has been started
	 * @param rules the rules for response statuses
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

	/** Tracks the response, or ends the attempt if there is none. */
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
