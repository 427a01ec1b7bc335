package io.eas.emulator.discovery;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.eas.emulator.net.Assert;
import io.eas.emulator.net.WireResponse;
import reactor.core.publisher.Mono;

/**
 * A fault of the discovery API, applied to each poll.
 */
sealed interface PollFault {

	/** Applies the fault to one poll; the poll may remain unanswered. */
	Mono<Void> apply(DiscoveryExchange exchange);

	/** No fault. */
	record None() implements PollFault {

		@Override
		public Mono<Void> apply(DiscoveryExchange exchange) {
			return exchange.answer();
		}

		@Override
		public String toString() {
			return "none";
		}

	}

	/** A status without a list. */
	record Status(int code) implements PollFault {

		public Status {
			Assert.status(code);
		}

		@Override
		public Mono<Void> apply(DiscoveryExchange exchange) {
			return exchange.send(WireResponse.error(this.code, "status " + this.code + " on demand"));
		}

		@Override
		public String toString() {
			return "status " + this.code;
		}

	}

	/** A well-formed, empty list. */
	record Empty() implements PollFault {

		@Override
		public Mono<Void> apply(DiscoveryExchange exchange) {
			return exchange.send(Upstreams.empty(exchange.service()).response());
		}

		@Override
		public String toString() {
			return "empty";
		}

	}

	/** A body that is declared as JSON but isn't JSON. */
	record Garbage() implements PollFault {

		private static final String BODY = "{\"correlative\":[\"?\"],\"endpoints\":{\"items\":[{\"ip\":<html>";

		@Override
		public Mono<Void> apply(DiscoveryExchange exchange) {
			return exchange.send(WireResponse.json(200, BODY.getBytes(StandardCharsets.UTF_8)));
		}

		@Override
		public String toString() {
			return "garbage";
		}

	}

	/** The right answer after a delay. */
	record Late(Duration delay) implements PollFault {

		public Late {
			delay = Assert.delay(delay);
		}

		@Override
		public Mono<Void> apply(DiscoveryExchange exchange) {
			return Mono.delay(this.delay, exchange.scheduler()).then(Mono.defer(exchange::answer));
		}

		@Override
		public String toString() {
			return "late by " + this.delay.toMillis() + " ms";
		}

	}

	/** No answer, ever. */
	record Silent() implements PollFault {

		@Override
		public Mono<Void> apply(DiscoveryExchange exchange) {
			return Mono.never();
		}

		@Override
		public String toString() {
			return "silent";
		}

	}

	/** A reset instead of an answer. */
	record Reset() implements PollFault {

		@Override
		public Mono<Void> apply(DiscoveryExchange exchange) {
			return exchange.reset();
		}

		@Override
		public String toString() {
			return "reset";
		}

	}

	/** The port is closed; requests that still arrive are reset. */
	record Refuse() implements PollFault {

		@Override
		public Mono<Void> apply(DiscoveryExchange exchange) {
			return exchange.reset();
		}

		@Override
		public String toString() {
			return "refuse";
		}

	}

}
