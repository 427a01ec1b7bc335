package io.eas.emulator.instance;

import java.time.Duration;

import io.eas.emulator.net.Answer;
import io.eas.emulator.net.Assert;
import reactor.core.publisher.Mono;

/**
 * What an instance does wrong.
 */
public sealed interface InstanceFault {

	/** Deals with one request. */
	Mono<Void> meet(Exchange exchange);

	/** Nothing wrong. */
	record None() implements InstanceFault {

		@Override
		public Mono<Void> meet(Exchange exchange) {
			return exchange.pass();
		}

		@Override
		public String toString() {
			return "none";
		}

	}

	/** The connection is reset instead of an answer. */
	record Reset() implements InstanceFault {

		@Override
		public Mono<Void> meet(Exchange exchange) {
			return exchange.reset();
		}

		@Override
		public String toString() {
			return "reset";
		}

	}

	/** The model is asked only after a delay. */
	record Late(Duration delay) implements InstanceFault {

		public Late {
			delay = Assert.delay(delay);
		}

		@Override
		public Mono<Void> meet(Exchange exchange) {
			return Mono.delay(this.delay, exchange.scheduler()).then(Mono.defer(exchange::pass));
		}

		@Override
		public String toString() {
			return "late by " + this.delay.toMillis() + " ms";
		}

	}

	/** A status instead of the model's answer. */
	record Status(int code) implements InstanceFault {

		public Status {
			Assert.status(code);
		}

		@Override
		public Mono<Void> meet(Exchange exchange) {
			return exchange.answer(this.code, "status " + this.code + " on demand");
		}

		@Override
		public String toString() {
			return "status " + this.code;
		}

	}

	/** All headers, half of the body, then a reset. */
	record Half() implements InstanceFault {

		@Override
		public Mono<Void> meet(Exchange exchange) {
			Answer half = new HalfAnswer(exchange.response());
			return exchange.pass(half);
		}

		@Override
		public String toString() {
			return "half";
		}

	}

}
