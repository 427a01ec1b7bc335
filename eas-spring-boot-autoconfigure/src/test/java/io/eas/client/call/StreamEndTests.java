package io.eas.client.call;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.eas.client.EasClient;
import io.eas.client.EasCodecException;
import io.eas.client.EasConnectionException;
import io.eas.discovery.PollListener;
import io.eas.instance.EasInstance;
import io.eas.loadbalancer.EjectionListener;
import io.eas.loadbalancer.Outcome;
import io.eas.service.EasServices;
import io.eas.service.ServiceListeners;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableChannel;
import reactor.test.StepVerifier;
import reactor.util.context.ContextView;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * How a stream ends: for its reader, and for whoever listens.
 */
@ExtendWith(OutputCaptureExtension.class)
class StreamEndTests extends StreamingModel {

	private final Queue<Ends> calls = new ConcurrentLinkedQueue<>();

	private final Queue<Outcome> attempts = new ConcurrentLinkedQueue<>();

	@Test
	void completeStreamIsObservedAsAnswered() {
		answer(EVENTS, Flux.just("data: a\n\n"));
		listened().run((context) -> assertThat(
				context.getBean(EasClient.class).post("").retrieveFlux(String.class).collectList().block(PATIENCE))
			.containsExactly("a"));
		assertThat(ends()).containsExactly(List.of("answered 200"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "text/event-stream | data: {oops | *", "application/json | [{\"text\":\"a\"} | identity",
					"text/event-stream | data: {} | br", "image/png | abc | identity" })
	void unreadableElementFailsTheCall(String contentType, String body, String encoding, CapturedOutput output) {
		this.model.set((index, response) -> response.header("Content-Type", contentType)
			.header("Content-Encoding", encoding.replace("*", "identity"))
			.sendString(Flux.just(body, "\n\n")));
		listened().run((context) -> {
			StepVerifier.create(context.getBean(EasClient.class).post("").retrieveFlux(Token.class))
				.thenConsumeWhile((token) -> true)
				.expectError(EasCodecException.class)
				.verify(PATIENCE);
			assertThat(inFlight(context.getBean(EasServices.class))).isZero();
		});
		assertThat(ends()).containsExactly(List.of("failed EasCodecException"));
		assertThat(output).doesNotContain("IllegalReferenceCountException");
	}

	@Test
	void readerThatHasEnoughIsObservedAsCancelled() {
		answer(EVENTS, Flux.concat(Flux.just("data: a\n\n", "data: [DONE]\n\n"), Flux.never()));
		listened().run((context) -> {
			assertThat(context.getBean(EasClient.class)
				.post("")
				.retrieveFlux(String.class)
				.takeUntil("[DONE]"::equals)
				.collectList()
				.block(PATIENCE)).containsExactly("a", "[DONE]");
			assertThat(inFlight(context.getBean(EasServices.class))).isZero();
		});
		assertThat(ends()).containsExactly(List.of("cancelled 200"));
		assertThat(this.attempts).containsExactly(Outcome.ANSWERED);
	}

	@Test
	void cancellingClosesTheConnectionAtOnce() {
		answer(EVENTS, Flux.concat(Flux.just("data: a\n\n"), Flux.never()));
		listened().run((context) -> {
			AtomicLong left = new AtomicLong();
			context.getBean(EasClient.class)
				.post("")
				.retrieveFlux(String.class)
				.doOnNext((event) -> left.set(System.nanoTime()))
				.blockFirst(PATIENCE);
			assertThat(this.closed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
			// an engine computes until then; what is slow here is this process, not a
			// timer
			assertThat(Duration.ofNanos(System.nanoTime() - left.get())).isLessThan(Duration.ofMillis(100));
		});
	}

	/** Where connections break just when their readers leave. */
	@ParameterizedTest
	@ValueSource(strings = { "", "data: {\"text\":\"a\"}\n\n", "data: {\"text\":\"a\"}\n\ndata: {oops\n\n" })
	void noFailureIsReportedAfterTheReaderHasCancelled(String said, CapturedOutput output) {
		this.model.set((index, response) -> response.header("Content-Type", EVENTS)
			.sendString(Flux.concat(Mono.just(said), Mono.delay(Duration.ofMillis(20))
				.then(Mono.fromRunnable(() -> response.withConnection(DisposableChannel::dispose))))));
		listened("eas.ejection.enabled=false").run((context) -> {
			EasClient client = context.getBean(EasClient.class);
			Flux.range(0, 300)
				.flatMap((n) -> client.post("")
					.retrieveFlux(Token.class)
					.take(Duration.ofNanos(15_000_000 + 40_000L * n))
					.onErrorComplete(), 8)
				.blockLast(PATIENCE);
			assertThat(inFlight(context.getBean(EasServices.class))).isZero();
		});
		assertThat(ends()).hasSize(300);
		// Reactor Netty may say in one line that a connection broke while it was being
		// closed
		assertThat(output).doesNotContain("onErrorDropped").doesNotContain(" ERROR ").doesNotContain("\tat ");
	}

	@Test
	void readerThatCancelsBeforeTheFirstElementHasNoResponse() {
		answer(EVENTS, Flux.never());
		listened().run((context) -> {
			context.getBean(EasClient.class)
				.post("")
				.retrieveFlux(String.class)
				.take(Duration.ofMillis(300))
				.blockLast(PATIENCE);
			assertThat(inFlight(context.getBean(EasServices.class))).isZero();
		});
		assertThat(this.attempts).containsExactly(Outcome.CANCELLED);
	}

	@Test
	void slowReaderReceivesAllElementsBeforeTheFailure() {
		this.model.set((index, response) -> response.header("Content-Type", EVENTS)
			.sendString(Flux.concat(Flux.just("data: a\n\ndata: b\n\n", "data: c\n\n", "data: d\n\n"),
					Mono.delay(Duration.ofMillis(100))
						.then(Mono.fromRunnable(() -> response.withConnection(DisposableChannel::dispose))))));
		listened().run((context) -> {
			StepVerifier.create(context.getBean(EasClient.class).post("").retrieveFlux(String.class), 1)
				.expectNext("a")
				.thenAwait(Duration.ofMillis(400))
				.thenRequest(1)
				.expectNext("b")
				.thenRequest(1)
				.expectNext("c")
				.thenRequest(2)
				.expectNext("d")
				.expectError(EasConnectionException.class)
				.verify(PATIENCE);
			assertThat(inFlight(context.getBean(EasServices.class))).isZero();
		});
		assertThat(ends()).containsExactly(List.of("failed EasConnectionException"));
	}

	@Test
	void readerOnAnotherThreadReceivesAllElements() {
		ByteBuf events = Unpooled.copiedBuffer(
				IntStream.range(0, 40).mapToObj((n) -> "data: " + n + "\n\n").collect(Collectors.joining()),
				StandardCharsets.UTF_8);
		AtomicInteger micros = new AtomicInteger();
		this.model.set((index, response) -> response.header("Content-Type", EVENTS)
			.send(Flux.concat(Mono.fromSupplier(events::retainedDuplicate),
					Mono.delay(Duration.ofNanos(5000L * micros.getAndIncrement()))
						.then(Mono.fromRunnable(() -> response.withConnection(DisposableChannel::dispose)))),
					(bytes) -> true));
		listened("eas.ejection.enabled=false").run((context) -> assertThat(Flux.range(0, 200)
			.concatMap((n) -> context.getBean(EasClient.class)
				.post("")
				.retrieveFlux(String.class)
				.publishOn(Schedulers.parallel(), 1)
				.onErrorComplete(EasConnectionException.class)
				.count())
			.collectList()
			.block(PATIENCE)).hasSize(200).containsOnly(40L));
	}

	@Test
	void slowReaderOfEventsDoesNotCountAsSilenceOfTheInstance() {
		answer(EVENTS, Flux.concat(Flux.just("data: a\n\n"),
				Flux.just("data: b\n\n").delaySubscription(Duration.ofMillis(1200))));
		listened("eas.http.response-timeout=500ms").run((context) -> StepVerifier
			.create(context.getBean(EasClient.class).post("").retrieveFlux(String.class), 1)
			.expectNext("a")
			.thenAwait(Duration.ofSeconds(1))
			.thenRequest(2)
			.expectNext("b")
			.verifyComplete());
		assertThat(ends()).containsExactly(List.of("answered 200"));
	}

	@Test
	void tokenSentBackByAModelIsInNoFailure() {
		String token = "c2VudC1iYWNrLWJ5LWEtbW9kZWw";
		answer("application/json", Flux.just(token));
		listened("eas.token=" + token, "eas.auth.scheme=token").run((context) -> {
			EasClient client = context.getBean(EasClient.class);
			for (Mono<?> call : List.of(client.post("").retrieve(Token.class),
					client.post("").retrieveFlux(Token.class).then())) {
				Throwable failure = catchThrowable(() -> call.block(PATIENCE));
				assertThat(failure).isInstanceOf(EasCodecException.class).hasMessageContaining("can't be read");
				StringWriter text = new StringWriter();
				failure.printStackTrace(new PrintWriter(text));
				assertThat(text.toString()).doesNotContain(token);
			}
		});
	}

	@Test
	void eachCallIsReportedOnce() {
		answer(EVENTS, Flux.interval(Duration.ofMillis(1)).take(5).map((tick) -> "data: " + tick + "\n\n"));
		listened().run((context) -> {
			EasClient client = context.getBean(EasClient.class);
			Flux.range(0, 400)
				.flatMap((n) -> client.post("").retrieveFlux(String.class).take(Duration.ofMillis(n % 16)), 8)
				.blockLast(PATIENCE);
			assertThat(inFlight(context.getBean(EasServices.class))).isZero();
		});
		assertThat(ends()).hasSize(400).allSatisfy((told) -> assertThat(told).hasSize(1));
	}

	private List<List<String>> ends() {
		return this.calls.stream().map((call) -> List.copyOf(call.told)).toList();
	}

	private ApplicationContextRunner listened(String... properties) {
		return application(properties).withBean(ServiceListeners.Factory.class,
				() -> (alias) -> new ServiceListeners(this::started, this.attempts::add, EjectionListener.NONE,
						PollListener.NONE));
	}

	private CallObserver started(String method, ContextView context) {
		Ends ends = new Ends();
		this.calls.add(ends);
		return ends;
	}

	record Token(String text) {
	}

	/** What is told of one call. */
	private static final class Ends implements CallObserver {

		private final Queue<String> told = new ConcurrentLinkedQueue<>();

		@Override
		public void writeTo(HttpHeaders request) {
		}

		@Override
		public void reached(Progress progress, long nanos) {
		}

		@Override
		public void answered(int status, EasInstance instance, int attempts) {
			this.told.add("answered " + status);
		}

		@Override
		public void failed(Throwable failure, int attempts) {
			this.told.add("failed " + failure.getClass().getSimpleName());
		}

		@Override
		public void cancelled(int status, @Nullable EasInstance instance, int attempts) {
			this.told.add("cancelled " + status);
		}

	}

}
