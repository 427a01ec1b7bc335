package io.eas.client.call;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.eas.client.EasClient;
import io.eas.client.EasCodecException;
import io.eas.client.EasConnectionException;
import io.eas.client.EasStatusException;
import io.eas.client.EasTimeoutException;
import io.eas.service.EasServices;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableChannel;
import reactor.test.StepVerifier;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.codec.ServerSentEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers that are taken while they come, from two instances over real sockets.
 */
class StreamTests extends StreamingModel {

	private static final ParameterizedTypeReference<ServerSentEvent<Token>> TOKENS = new ParameterizedTypeReference<>() {
	};

	@Test
	void eventsArriveWhenTheyAreSent() {
		Sinks.Many<String> events = Sinks.many().unicast().onBackpressureBuffer();
		answer(EVENTS, events.asFlux());
		run((client) -> StepVerifier.create(client.post("").body("x").retrieveFlux(String.class))
			.then(() -> events.tryEmitNext("data: a\n\n"))
			.expectNext("a")
			.then(() -> events.tryEmitNext("data: b\n\nda"))
			.expectNext("b")
			.then(() -> events.tryEmitNext("ta: c\n\n"))
			.expectNext("c")
			.then(events::tryEmitComplete)
			.verifyComplete());
	}

	@Test
	void eventsAreDecodedIntoTypes() {
		answer(EVENTS, Flux.just("id: 7\ndata: {\"text\":\"Hi\"}\n\n", ": nothing\n\n", "data: {\"text\":\"!\"}\n\n"));
		run((client) -> {
			assertThat(client.post("").retrieveFlux(Token.class).collectList().block(PATIENCE))
				.containsExactly(new Token("Hi"), new Token("!"));
			List<ServerSentEvent<Token>> events = client.post("").retrieveFlux(TOKENS).collectList().block(PATIENCE);
			assertThat(Objects.requireNonNull(events).get(0).id()).isEqualTo("7");
			assertThat(events.get(0).data()).isEqualTo(new Token("Hi"));
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			application/x-ndjson     | {"text":"a"} {"text":"b"}
			application/json         | [{"text":"a"},{"text":"b"}]
			application/octet-stream | {"text":"a"} {"text":"b"}
			""")
	void linesAndArraysAreDecodedIntoTypes(String contentType, String body) {
		answer(contentType, Flux.fromArray(body.replace(' ', '\n').split("(?<=t)")));
		run((client) -> assertThat(client.post("").retrieveFlux(Token.class).collectList().block(PATIENCE))
			.containsExactly(new Token("a"), new Token("b")));
	}

	@Test
	void bytesAreReturnedUnchanged() {
		answer("image/png", Flux.just("abc", "def"));
		run((client) -> {
			assertThat(text(client.post("").retrieveFlux(byte[].class).map(String::new))).isEqualTo("abcdef");
			assertThat(text(client.post("").retrieveFlux(DataBuffer.class).map((buffer) -> {
				String text = buffer.toString(StandardCharsets.UTF_8);
				DataBufferUtils.release(buffer);
				return text;
			}))).isEqualTo("abcdef");
		});
	}

	@Test
	void streamWithoutBodyIsEmpty() {
		this.model.set((index, response) -> response.status(204).send());
		run((client) -> assertThat(client.get("").retrieveFlux(String.class).collectList().block(PATIENCE)).isEmpty());
	}

	@Test
	void connectionIsReusedForTheNextStream() {
		answer(EVENTS, Flux.just("data: a\n\n"));
		run((client) -> {
			for (int n = 0; n < 10; n++) {
				assertThat(text(client.post("").retrieveFlux(String.class))).isEqualTo("a");
			}
		});
		// the end is there a moment before its connection is free again
		assertThat(this.connections).hasValueLessThanOrEqualTo(5);
	}

	@Test
	void slowReaderExertsBackpressureOnTheInstance() {
		AtomicLong sent = new AtomicLong();
		byte[] chunk = new byte[1 << 16];
		this.model.set((index, response) -> response.header("Content-Type", "application/octet-stream")
			.send(Flux.range(0, 10_000)
				.map((n) -> Unpooled.wrappedBuffer(chunk))
				.doOnNext((bytes) -> sent.addAndGet(bytes.readableBytes())), (bytes) -> true));
		run((client) -> {
			AtomicLong read = new AtomicLong();
			StepVerifier.create(client.get("").retrieveFlux(byte[].class).map((bytes) -> bytes.length), 0)
				.thenRequest(1)
				.consumeNextWith(read::addAndGet)
				.then(() -> awaitStandstill(sent))
				.then(() -> assertThat(sent.get()).isLessThan(32 << 20))
				.thenRequest(100)
				.thenConsumeWhile((length) -> read.addAndGet(length) > 0 && read.get() < 100_000)
				.thenCancel()
				.verify(PATIENCE);
		});
		assertThat(sent.get()).isLessThan(64 << 20);
	}

	private static void awaitStandstill(AtomicLong sent) {
		Flux.interval(Duration.ofMillis(200))
			.map((tick) -> sent.get())
			.buffer(3, 1)
			.takeUntil((last) -> last.get(0).equals(last.get(2)))
			.blockLast(PATIENCE);
	}

	@Test
	void aCallIsInFlightUntilItsStreamEnds() {
		answer(EVENTS, Flux.concat(Flux.just("data: a\n\n"), Flux.never()));
		application().run((context) -> {
			EasClient client = context.getBean(EasClient.class);
			StepVerifier.create(client.post("").retrieveFlux(String.class))
				.expectNext("a")
				.then(() -> assertThat(inFlight(context.getBean(EasServices.class))).isEqualTo(1))
				.thenCancel()
				.verify(PATIENCE);
			assertThat(this.closed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
			assertThat(inFlight(context.getBean(EasServices.class))).isZero();
		});
	}

	@Test
	void anotherInstanceIsTriedUntilAResponseStarts() {
		this.model.set((index, response) -> (index == 0) ? response.status(503).send()
				: response.header("Content-Type", EVENTS).sendString(Mono.just("data: a\n\n")));
		run((client) -> {
			for (int n = 0; n < 4; n++) {
				assertThat(text(client.post("").retrieveFlux(String.class))).isEqualTo("a");
			}
		});
	}

	@Test
	void brokenStreamFailsAfterTheReceivedElements() {
		this.model.set((index, response) -> response.header("Content-Type", EVENTS)
			.sendString(Flux.concat(Mono.just("data: a\n\n"), Mono.delay(Duration.ofMillis(100))
				.then(Mono.fromRunnable(() -> response.withConnection(DisposableChannel::dispose))))));
		application().run((context) -> {
			StepVerifier.create(context.getBean(EasClient.class).post("").retrieveFlux(String.class))
				.expectNext("a")
				.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(EasConnectionException.class)
					.hasMessageContaining("echo: attempt 1 of 3 on 127.0.0.1"))
				.verify(PATIENCE);
			assertThat(inFlight(context.getBean(EasServices.class))).isZero();
		});
	}

	@Test
	void anInstanceThatFallsSilentHasFailed() {
		answer(EVENTS, Flux.concat(Flux.just("data: a\n\n"), Flux.never()));
		application("eas.http.response-timeout=300ms").run((context) -> {
			StepVerifier.create(context.getBean(EasClient.class).post("").retrieveFlux(String.class))
				.expectNext("a")
				.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(EasTimeoutException.class)
					.hasMessageContaining("no further event within 300 ms (http.next-event-timeout)"))
				.verify(PATIENCE);
			assertThat(this.closed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
			assertThat(inFlight(context.getBean(EasServices.class))).isZero();
		});
	}

	@Test
	void slowReaderDoesNotCountAsSilenceOfTheInstance() {
		answer("application/octet-stream", Flux.just("abc", "def").delayElements(Duration.ofMillis(50)));
		run((client) -> StepVerifier.create(client.post("").retrieveFlux(byte[].class).map(String::new), 0)
			.thenRequest(1)
			.expectNext("abc")
			.thenAwait(Duration.ofMillis(3500))
			.thenRequest(2)
			.expectNext("def")
			.verifyComplete(), "eas.http.response-timeout=1500ms");
	}

	@Test
	void aStreamMayTakeLongerThanACall() {
		answer(EVENTS, Flux.interval(Duration.ofMillis(100)).take(40).map((tick) -> "data: " + tick + "\n\n"));
		run((client) -> assertThat(
				client.post("").timeout(Duration.ofSeconds(3)).retrieveFlux(String.class).collectList().block(PATIENCE))
			.hasSize(40));
	}

	@Test
	void timeoutOfTheCallAppliesUntilTheStreamBegins() {
		this.model.set((index, response) -> Mono.never());
		run((client) -> StepVerifier.create(client.post("").timeout(Duration.ofMillis(300)).retrieveFlux(String.class))
			.expectError(EasTimeoutException.class)
			.verify(PATIENCE));
	}

	@Test
	void errorResponseIsReadCompletely() {
		this.model.set((index, response) -> response.status(400).sendString(Mono.just("no prompt")));
		run((client) -> StepVerifier.create(client.post("").retrieveFlux(String.class))
			.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(EasStatusException.class)
				.hasMessageContaining("no prompt"))
			.verify(PATIENCE));
	}

	@Test
	void unreadableStreamFailsTheCall() {
		answer(EVENTS, Flux.concat(Flux.just("data: {\"text\":\"a\"}\n\n", "data: {oops\n\n"), Flux.never()));
		application().run((context) -> {
			StepVerifier.create(context.getBean(EasClient.class).post("").retrieveFlux(Token.class))
				.expectNext(new Token("a"))
				.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(EasCodecException.class)
					.hasMessageContaining("the stream can't be read"))
				.verify(PATIENCE);
			assertThat(inFlight(context.getBean(EasServices.class))).isZero();
		});
	}

	@Test
	void aCompressedStreamIsRefusedUnlessBytesAreWanted() {
		this.model.set((index, response) -> response.header("Content-Type", EVENTS)
			.header("Content-Encoding", "br")
			.sendString(Flux.concat(Flux.just("abc"), Flux.never())));
		application().run((context) -> {
			EasClient client = context.getBean(EasClient.class);
			StepVerifier.create(client.post("").retrieveFlux(String.class))
				.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(EasCodecException.class)
					.hasMessageContaining("Content-Encoding br"))
				.verify(PATIENCE);
			assertThat(this.closed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
			assertThat(inFlight(context.getBean(EasServices.class))).isZero();
			StepVerifier.create(client.post("").retrieveFlux(byte[].class).map(String::new))
				.expectNext("abc")
				.thenCancel()
				.verify(PATIENCE);
		});
	}

	record Token(String text) {
	}

}
