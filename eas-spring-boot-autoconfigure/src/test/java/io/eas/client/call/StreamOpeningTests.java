package io.eas.client.call;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;

import io.eas.client.EasClient;
import io.eas.client.EasCodecException;
import io.eas.client.EasConnectionException;
import io.eas.client.EasException;
import io.eas.client.EasTimeoutException;
import io.eas.client.call.CallObserver.Progress;
import io.eas.discovery.PollListener;
import io.eas.instance.EasInstance;
import io.eas.loadbalancer.EjectionListener;
import io.eas.loadbalancer.Outcome;
import io.eas.service.EasServices;
import io.eas.service.ServiceListeners;
import io.eas.test.RawServer;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableChannel;
import reactor.netty.http.server.HttpServerResponse;
import reactor.test.StepVerifier;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.codec.ServerSentEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A stream between its headers, which engines send before they compute, and its first
 * event: it is an attempt like any other, which fails, waits and is made elsewhere.
 */
class StreamOpeningTests extends StreamingModel {

	/** Nothing of this is an event. */
	private static final String NOTHING_YET = ": computing\n\nid: 7\nretry: 100\n\ndata: {\"cut\": ";

	private static final ParameterizedTypeReference<ServerSentEvent<String>> SENT = new ParameterizedTypeReference<>() {
	};

	private final AtomicInteger attempts = new AtomicInteger();

	private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();

	private final Queue<Progress> progress = new ConcurrentLinkedQueue<>();

	/** The first attempt gets that, all others a stream of two events. */
	private void first(BiFunction<Integer, HttpServerResponse, Publisher<Void>> answer) {
		this.model.set((index, response) -> (this.attempts.getAndIncrement() == 0) ? answer.apply(index, response)
				: send(response, Flux.just("data: a\n\n", "data: b\n\n")));
	}

	private static Publisher<Void> send(HttpServerResponse response, Flux<String> parts) {
		return response.header("Content-Type", EVENTS)
			.send(parts.map((part) -> Unpooled.copiedBuffer(part, StandardCharsets.UTF_8)), (bytes) -> true);
	}

	private static Mono<String> reset(HttpServerResponse response) {
		return Mono.delay(Duration.ofMillis(50))
			.then(Mono.fromRunnable(() -> response.withConnection(DisposableChannel::dispose)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ":", NOTHING_YET })
	void streamThatBreaksBeforeTheFirstEventIsRetried(String said) {
		first((index, response) -> send(response, Flux.concat(Mono.just(said), reset(response))));
		application().run((context) -> {
			assertThat(
					context.getBean(EasClient.class).post("").retrieveFlux(String.class).collectList().block(PATIENCE))
				.containsExactly("a", "b");
			assertThat(inFlight(context.getBean(EasServices.class))).isZero();
		});
		assertThat(this.attempts).hasValue(2);
	}

	@ParameterizedTest
	@ValueSource(classes = { byte[].class, Void.class, DataBuffer.class })
	void bytesThatBreakBeforeTheFirstOneAreRetried(Class<?> type) {
		first((index, response) -> send(response, reset(response).flux()));
		run((client) -> client.post("")
			.retrieveFlux(type)
			.doOnNext((element) -> DataBufferUtils.release((element instanceof DataBuffer buffer) ? buffer : null))
			.blockLast(PATIENCE));
		assertThat(this.attempts).hasValue(2);
	}

	@Test
	void nonIdempotentStreamIsNotRetried() {
		first((index, response) -> send(response, reset(response).flux()));
		run((client) -> StepVerifier.create(client.post("").idempotent(false).retrieveFlux(String.class))
			.expectError(EasConnectionException.class)
			.verify(PATIENCE));
		assertThat(this.attempts).hasValue(1);
	}

	@Test
	void streamIsNotRetriedAfterTheFirstEvent() {
		first((index, response) -> send(response, Flux.concat(Mono.just("data: first\n\n"), reset(response))));
		run((client) -> StepVerifier.create(client.post("").retrieveFlux(String.class), 0)
			.thenAwait(Duration.ofMillis(300))
			.thenRequest(1)
			.expectNext("first")
			.thenRequest(1)
			.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(EasConnectionException.class)
				.hasMessageStartingWith("echo: attempt 1 of 3"))
			.verify(PATIENCE));
		assertThat(this.attempts).hasValue(1);
	}

	@Test
	void failureNamesAllAttempts() {
		this.model.set((index, response) -> send(response, reset(response).flux()));
		run((client) -> StepVerifier.create(client.post("").retrieveFlux(String.class))
			.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(EasConnectionException.class)
				.hasMessageStartingWith("echo: attempt 3 of 3 on ")
				.hasMessageContaining("; attempt 1 on ")
				.hasMessageContaining("; attempt 2 on "))
			.verify(PATIENCE));
	}

	@Test
	void headersAndCommentsAreNotEvents() {
		first((index, response) -> send(response,
				Flux.interval(Duration.ZERO, Duration.ofMillis(50)).map((n) -> ": still computing\n\n")));
		run((client) -> StepVerifier
			.create(client.post("").firstEventTimeout(Duration.ofMillis(400)).retrieveFlux(String.class))
			.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(EasTimeoutException.class)
				.hasMessageContaining("attempt 1 of 3")
				.hasMessageContaining("no event within 400 ms (http.first-event-timeout)"))
			.verify(PATIENCE));
	}

	@Test
	void lateFirstEventIsRetriedIfReadTimeoutsAre() {
		first((index, response) -> send(response, Flux.never()));
		run((client) -> assertThat(text(client.post("").retrieveFlux(String.class))).isEqualTo("ab"),
				"eas.http.first-event-timeout=300ms", "eas.retry.on=reset,read-timeout");
		assertThat(this.attempts).hasValue(2);
	}

	@Test
	void timeoutOfTheCallAppliesUntilTheFirstEvent() {
		this.model.set((index, response) -> send(response, Flux.never()));
		run((client) -> StepVerifier.create(client.post("").timeout(Duration.ofMillis(300)).retrieveFlux(String.class))
			.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(EasTimeoutException.class)
				.hasMessageContaining("no event within 300 ms, the time of the whole call"))
			.verify(PATIENCE));
	}

	@Test
	void firstEventMayTakeLongerThanTheResponseTimeout() {
		this.model.set((index, response) -> send(response,
				Mono.just("data: a\n\n").delaySubscription(Duration.ofMillis(900)).flux()));
		run((client) -> assertThat(text(client.post("").retrieveFlux(String.class))).isEqualTo("a"),
				"eas.http.response-timeout=300ms", "eas.http.first-event-timeout=5s");
	}

	@Test
	void commentsDoNotKeepAStreamAlive() {
		this.model.set((index, response) -> send(response, Flux.concat(Mono.just("data: a\n\n"),
				Flux.interval(Duration.ZERO, Duration.ofMillis(50)).map((n) -> ":\n\n"))));
		run((client) -> StepVerifier.create(client.post("").retrieveFlux(String.class))
			.expectNext("a")
			.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(EasTimeoutException.class)
				.hasMessageContaining("no further event within 300 ms"))
			.verify(PATIENCE), "eas.http.next-event-timeout=300ms");
	}

	@Test
	void callMaySetItsOwnLimits() {
		this.model.set((index, response) -> send(response, Flux.concat(Mono.just("data: a\n\n"),
				Mono.just("data: b\n\n").delaySubscription(Duration.ofMillis(600)), Flux.never())));
		run((client) -> StepVerifier
			.create(client.post("").nextEventTimeout(Duration.ofSeconds(2)).retrieveFlux(String.class))
			.expectNext("a", "b")
			.expectErrorSatisfies(
					(failure) -> assertThat(failure).hasMessageContaining("no further event within 2000 ms"))
			.verify(PATIENCE), "eas.http.next-event-timeout=300ms");
	}

	@Test
	void streamTimeoutLimitsTheWholeStream() {
		AtomicLong sent = new AtomicLong();
		this.model.set((index, response) -> send(response,
				Flux.interval(Duration.ofMillis(20)).map((n) -> "data: " + sent.incrementAndGet() + "\n\n")));
		listened("eas.http.stream-timeout=1500ms").run((context) -> {
			StepVerifier.create(context.getBean(EasClient.class).post("").retrieveFlux(String.class))
				.expectNext("1", "2")
				.thenConsumeWhile((event) -> true)
				.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(EasTimeoutException.class)
					.hasMessageContaining("the stream has not ended within 1500 ms (http.stream-timeout)"))
				.verify(PATIENCE);
		});
		// it is no fault of the instance
		assertThat(this.outcomes).containsExactly(Outcome.ANSWERED);
	}

	@Test
	void emptyStreamIsAResponse() {
		this.model.set((index, response) -> send(response, Flux.just(": nothing to say\n\n")));
		run((client) -> StepVerifier.create(client.post("").retrieveFlux(String.class), 0)
			.expectComplete()
			.verify(PATIENCE));
	}

	/** What only ends a stream is an event all the same. */
	@ParameterizedTest
	@ValueSource(strings = { "data: [DONE]\n\n", "data\n\n" })
	void streamWithoutElementsIsAResponse(String said) throws Exception {
		try (RawServer instance = RawServer.start((socket, request) -> {
			RawServer.send(socket, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + said);
			socket.shutdownOutput();
		})) {
			run((client) -> StepVerifier.create(client.post("").retrieveFlux(Token.class))
				.expectComplete()
				.verify(PATIENCE), "eas.services.echo.instances=127.0.0.1:" + instance.port());
			assertThat(instance.requests()).hasSize(1);
		}
	}

	/**
	 * Its elements come from what the codec holds, while the reader wants one at a time.
	 */
	@Test
	void slowReaderOfLinesDoesNotCountAsSilenceOfTheInstance() {
		this.model.set((index, response) -> response.header("Content-Type", "text/plain")
			.sendString(Flux.concat(Mono.just("a\nb\n"), Mono.just("c\n").delaySubscription(Duration.ofMillis(900)))));
		run((client) -> assertThat(text(client.post("")
			.retrieveFlux(String.class)
			.concatMap((line) -> Mono.just(line).delayElement(Duration.ofMillis(600)), 1))).isEqualTo("abc"),
				"eas.http.next-event-timeout=500ms");
	}

	/** What had come while the thread of its connection was busy is read first. */
	@Test
	void blockedThreadDoesNotCountAsSilenceOfTheInstance() {
		this.model.set((index, response) -> send(response,
				Flux.interval(Duration.ofMillis(100)).take(30).map((n) -> "data: " + n + "\n\n")));
		run((client) -> assertThat(
				Flux.range(0, 8).flatMap((stream) -> client.post("").retrieveFlux(String.class).doOnNext((event) -> {
					if (stream == 0 && event.equals("3")) {
						RawServer.pause(1500);
					}
				})).collectList().block(PATIENCE))
			.hasSize(8 * 30), "eas.http.next-event-timeout=700ms");
	}

	@Test
	void unreadableFirstEventCountsAsAResponse() {
		answer(EVENTS, Flux.just("data: oops\n\n"));
		listened()
			.run((context) -> StepVerifier.create(context.getBean(EasClient.class).post("").retrieveFlux(Token.class))
				.expectError(EasCodecException.class)
				.verify(PATIENCE));
		assertThat(this.outcomes).containsExactly(Outcome.ANSWERED);
	}

	@Test
	void responseWithoutBodyIsAnEmptyStream() {
		this.model.set((index, response) -> response.header("Content-Type", EVENTS).status(204).send());
		run((client) -> {
			assertThat(client.post("").retrieveFlux(String.class).collectList().block(PATIENCE)).isEmpty();
			answer(EVENTS, Flux.just("data: a\n\n"));
			assertThat(client.method(HttpMethod.HEAD, "").retrieveFlux(String.class).collectList().block(PATIENCE))
				.isEmpty();
		});
	}

	/** An error page of somebody on the way, say. */
	@ParameterizedTest
	@ValueSource(strings = { "text/html", "text/plain", "application/json" })
	void otherContentTypeIsNotReadAsAnEventStream(String contentType) {
		answer(contentType, Flux.just("[\"a\"]"));
		run((client) -> StepVerifier.create(client.post("").retrieveFlux(SENT))
			.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(EasCodecException.class)
				.hasMessageContaining("the answer is " + contentType)
				.hasMessageContaining("it is not an event stream"))
			.verify(PATIENCE));
	}

	@Test
	void missingContentTypeMayBeAnEventStream() {
		answer("application/octet-stream", Flux.just(": a\n\ndata: b\n\ndata:\n\n"));
		run((client) -> assertThat(text(client.post("").retrieveFlux(SENT).map(ServerSentEvent::data))).isEqualTo("b"));
	}

	@Test
	void nullDataIsSkipped() {
		answer(EVENTS, Flux.just("data: null\n\ndata: {\"text\":\"a\"}\n\ndata: null\n\n"));
		run((client) -> assertThat(client.post("").retrieveFlux(Token.class).collectList().block(PATIENCE))
			.containsExactly(new Token("a")));
	}

	@Test
	void elementDecodedAtTheEndIsTheFirst() {
		this.model.set((index, response) -> response.header("Content-Type", "application/x-ndjson")
			.sendString(Mono.just("{\"text\":\"a\"}")));
		run((client) -> StepVerifier.create(client.post("").retrieveFlux(Token.class), 1)
			.expectNext(new Token("a"))
			.expectComplete()
			.verify(PATIENCE));
	}

	@Test
	void theFirstEventWaitsForItsReader() {
		answer(EVENTS, Flux.just("data: a\n\ndata: b\n\ndata: c\n\n"));
		run((client) -> {
			StepVerifier.create(client.post("").retrieveFlux(String.class), 0)
				.expectSubscription()
				.expectNoEvent(Duration.ofMillis(300))
				.thenRequest(1)
				.expectNext("a")
				.expectNoEvent(Duration.ofMillis(100))
				.thenRequest(1)
				.expectNext("b")
				.thenRequest(1)
				.expectNext("c")
				.expectComplete()
				.verify(PATIENCE);
		});
	}

	@Test
	void headersFirstEventAndFirstContentAreReportedSeparately() {
		first((index, response) -> send(response, Flux.concat(Mono.just(": queued\n\n"), reset(response))));
		listened().run((context) -> {
			EasClient client = context.getBean(EasClient.class);
			client.post("").retrieveFlux(String.class).blockLast(PATIENCE);
			assertThat(this.progress).containsExactly(Progress.HEADERS, Progress.FIRST_EVENT, Progress.FIRST_CONTENT);
			this.progress.clear();
			answer(EVENTS, Flux.just("data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n",
					"data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\n", "data: [DONE]\n\n"));
			List<Progress> seen = client.post("")
				.retrieveFlux(ServerSentEvent.class)
				.flatMapIterable((event) -> List.copyOf(this.progress))
				.distinct()
				.collectList()
				.block(PATIENCE);
			assertThat(seen).containsExactly(Progress.HEADERS, Progress.FIRST_EVENT, Progress.FIRST_CONTENT);
			assertThat(this.progress).hasSize(3);
		});
	}

	private ApplicationContextRunner listened(String... properties) {
		return application(properties).withBean(ServiceListeners.Factory.class,
				() -> (alias) -> new ServiceListeners((method, context) -> new Watch(), this.outcomes::add,
						EjectionListener.NONE, PollListener.NONE));
	}

	record Token(String text) {
	}

	/** Takes note of how far streams get. */
	private final class Watch implements CallObserver {

		@Override
		public void reached(Progress progress, long nanos) {
			StreamOpeningTests.this.progress.add(progress);
		}

		@Override
		public void writeTo(HttpHeaders request) {
		}

		@Override
		public void answered(int status, EasInstance instance, int attempts) {
		}

		@Override
		public void failed(Throwable failure, int attempts) {
		}

		@Override
		public void cancelled(int status, @Nullable EasInstance instance, int attempts) {
		}

	}

}
