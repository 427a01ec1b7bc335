package io.eas.emulator.instance;

import java.time.Duration;

import io.eas.emulator.net.Assert;
import io.eas.emulator.net.ResponseWriter;
import reactor.core.publisher.Mono;

/**
 * A fault of an instance, applied to each request.
 */
public sealed interface RequestFault {

	/**
	 * Applies the fault to one request, which may get an answer or none.
	 * @param exchange the request and the ways to answer it
	 * @return cold; completes once the request is answered
	 */
	Mono<Void> apply(InstanceExchange exchange);

	/** No fault. */
	record None() implements RequestFault {

		@Override
		public Mono<Void> apply(InstanceExchange exchange) {
			return exchange.pass();
		}

		@Override
		public String toString() {
			return "none";
		}

	}

	/** The connection is reset instead of an answer. */
	record Reset() implements RequestFault {

		@Override
		public Mono<Void> apply(InstanceExchange exchange) {
			return exchange.reset();
		}

		@Override
		public String toString() {
			return "reset";
		}

	}

	/** The model is asked only after a delay. */
	record Late(Duration delay) implements RequestFault {

		public Late {
			delay = Assert.delay(delay);
		}

		@Override
		public Mono<Void> apply(InstanceExchange exchange) {
			return Mono.delay(this.delay, exchange.scheduler()).then(Mono.defer(exchange::pass));
		}

		@Override
		public String toString() {
			return "late by " + this.delay.toMillis() + " ms";
		}

	}

	/** A status instead of the model's answer. */
	record Status(int code) implements RequestFault {

		public Status {
			Assert.status(code);
		}

		@Override
		public Mono<Void> apply(InstanceExchange exchange) {
			return exchange.answer(this.code, "status " + this.code + " on demand");
		}

		@Override
		public String toString() {
			return "status " + this.code;
		}

	}

	/** All headers, half of the body, then a reset. */
	record Half() implements RequestFault {

		@Override
		public Mono<Void> apply(InstanceExchange exchange) {
			ResponseWriter half = new TruncatedResponse(exchange.response());
			return exchange.pass(half);
		}

		@Override
		public String toString() {
			return "half";
		}

	}

}
