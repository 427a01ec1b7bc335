package io.eas.emulator.instance;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.eas.emulator.net.Assert;
import io.eas.emulator.net.ResponseWriter;
import io.eas.emulator.net.WireResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.ReferenceCountUtil;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A fault of an instance, applied to each request.
 */
public sealed interface RequestFault {

	/**
	 * Applies the fault to one request; the request may remain unanswered.
	 * @param exchange the request and the ways to answer it
	 * @return a cold {@code Mono}; completes once the request is answered
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

	/** The connection is reset, and no answer is sent. */
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

	/** The request is passed to the model after a delay. */
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

	/** The first parts of the body, then a reset. */
	record Abort(int events) implements RequestFault {

		public Abort {
			checkEvents(events);
		}

		@Override
		public Mono<Void> apply(InstanceExchange exchange) {
			ResponseWriter answer = ResponseWriter.streaming(exchange.response());
			return exchange.pass((status, headers, body) -> Mono
				.from(answer.write(status, headers, Flux.from(body).take(this.events)))
				.then(exchange.reset()));
		}

		@Override
		public String toString() {
			return "abort after " + this.events;
		}

	}

	/** The first parts of the body, then nothing more. */
	record Stall(int events) implements RequestFault {

		public Stall {
			checkEvents(events);
		}

		@Override
		public Mono<Void> apply(InstanceExchange exchange) {
			return exchange.pass((status, headers, body) -> exchange.answer()
				.write(status, headers, Flux.concat(Flux.from(body).take(this.events), Mono.never())));
		}

		@Override
		public String toString() {
			return "stall after " + this.events;
		}

	}

	/**
	 * The first parts of a stream, then an error event as engines send it; for any other
	 * response, status 500.
	 */
	record ErrorEvent(int events) implements RequestFault {

		private static final ObjectNode ERROR = JsonMapper.shared().createObjectNode();
		static {
			ERROR.putObject("error")
				.put("message", "the engine failed on demand")
				.put("type", "InternalServerError")
				.putNull("param")
				.put("code", 500);
		}

		public ErrorEvent {
			checkEvents(events);
		}

		@Override
		public Mono<Void> apply(InstanceExchange exchange) {
			return exchange.pass((status, headers, body) -> isStream(headers)
					? exchange.answer().write(status, headers, Flux.concat(Flux.from(body).take(this.events), end()))
					: WireResponse.json(500, ERROR).write(exchange.answer()));
		}

		private static boolean isStream(HttpHeaders headers) {
			return headers.get(HttpHeaderNames.CONTENT_TYPE, "").startsWith("text/event-stream");
		}

		private static Mono<ByteBuf> end() {
			return Mono.fromSupplier(
					() -> Unpooled.copiedBuffer("data: " + ERROR + "\n\ndata: [DONE]\n\n", StandardCharsets.UTF_8));
		}

		@Override
		public String toString() {
			return "error after " + this.events;
		}

	}

	/** The whole response, in chunks that end inside multi-byte characters. */
	record Split() implements RequestFault {

		@Override
		public Mono<Void> apply(InstanceExchange exchange) {
			return exchange.pass((status, headers, body) -> exchange.answer()
				.write(status, headers,
						Flux.from(body)
							.concatMapIterable(Split::pieces)
							.doOnDiscard(ByteBuf.class, ReferenceCountUtil::release)));
		}

		/**
		 * Splits a part of the body before each continuation byte of UTF-8.
		 */
		private static List<ByteBuf> pieces(ByteBuf part) {
			List<ByteBuf> pieces = new ArrayList<>();
			for (int i = part.readerIndex() + 1; i < part.writerIndex(); i++) {
				if ((part.getByte(i) & 0xC0) == 0x80) {
					pieces.add(part.readRetainedSlice(i - part.readerIndex()));
				}
			}
			pieces.add(part); // the remaining bytes
			return pieces;
		}

		@Override
		public String toString() {
			return "split";
		}

	}

	private static void checkEvents(int events) {
		Assert.isTrue(events >= 0, "the number of events must be 0 or more, was " + events);
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
