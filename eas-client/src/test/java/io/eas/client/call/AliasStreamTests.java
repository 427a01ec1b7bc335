package io.eas.client.call;

import io.eas.client.request.CallSettings;
import io.eas.client.request.HttpSettings;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.eas.Eas;
import io.eas.client.EasClients;
import io.eas.client.auth.AuthScheme;
import io.eas.http.EncodedBody;
import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.InstanceState;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.RequestLoad;
import io.eas.loadbalancer.weighted.WeightedRoundRobin;
import io.eas.service.ServiceSettings.Mode;
import io.eas.test.RawServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ClientHttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams that Spring's clients read, and what the load-balancing algorithm hears of
 * them.
 */
class AliasStreamTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final Counted algorithm = new Counted();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	/** Counts the attempts whose content it hears of. */
	private static final class Counted implements InstancePicker.Factory, RequestLoad, RequestLoad.AttemptLoad {

		private final AtomicInteger contents = new AtomicInteger();

		private final List<String> types = new CopyOnWriteArrayList<>();

		@Override
		public InstancePicker create(Candidates candidates) {
			return new WeightedRoundRobin(new Random(1)).create(candidates);
		}

		@Override
		public RequestLoad read(EncodedBody body) {
			return this;
		}

		@Override
		public RequestLoad.AttemptLoad start(InstanceState instance) {
			return this;
		}

		@Override
		public void responding(UnaryOperator<@Nullable String> headers) {
			this.types.add(String.valueOf(headers.apply("Content-Type")));
		}

		@Override
		public void content() {
			this.contents.incrementAndGet();
		}

		@Override
		public void ended(Outcome outcome) {
			// of no interest
		}

	}

	/** Serves the connections of a server, and calls it through a client of an alias. */
	private void withServer(RawServer.Behaviour behaviour, Consumer<EasClients> test) throws Exception {
		try (RawServer server = RawServer.start(behaviour);
				EasClients clients = Eas.builder()
					.authScheme(AuthScheme.NONE)
					.meterRegistry(this.meters)
					.mode(Mode.STATIC)
					.instances("127.0.0.1:" + server.port())
					.loadBalancer((loadBalancer) -> loadBalancer.algorithm(this.algorithm))
					.service("mnist")
					.build()) {
			test.accept(clients);
		}
	}

	private static Flux<String> ask(EasClients clients, MediaType... accepted) {
		return clients.webClient("mnist")
			.post()
			.accept(accepted)
			.bodyValue("hello")
			.retrieve()
			.bodyToFlux(String.class);
	}

	private static void sendHeaders(Socket socket, String type) throws IOException {
		RawServer.send(socket, "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n\r\n");
	}

	@ParameterizedTest
	@CsvSource({ "text/event-stream, 1", "text/plain, 0" })
	void firstBytesOfAStreamOfEventsAreItsContent(String type, int contents) throws Exception {
		withServer((socket, request) -> {
			sendHeaders(socket, type);
			for (int n = 0; n < 3; n++) {
				RawServer.send(socket, "data:" + n + "\n\n");
			}
			socket.close();
		}, (clients) -> assertThat(ask(clients).collectList().block(PATIENCE)).isNotEmpty());
		assertThat(this.algorithm.contents).hasValue(contents);
		// the headers of a stream come before the prompt is computed, so they tell no
		// load
		assertThat(this.algorithm.types).isEqualTo((contents > 0) ? List.of() : List.of(type));
	}

	@Test
	void streamThatWasAskedForIsTriedAgainUntilItsFirstEvent() throws Exception {
		AtomicInteger attempts = new AtomicInteger();
		withServer((socket, request) -> {
			sendHeaders(socket, "text/event-stream");
			RawServer.send(socket, ": comment\n\ndata: half of an event\n");
			if (attempts.incrementAndGet() > 1) {
				RawServer.send(socket, "\ndata: two\n\n");
			}
			socket.close();
		}, (clients) -> StepVerifier.create(ask(clients, MediaType.TEXT_EVENT_STREAM))
			.expectNext("half of an event", "two")
			.expectComplete()
			.verify(PATIENCE));
		assertThat(attempts).hasValue(2);
		assertThat(this.algorithm.contents).hasValue(1);
	}

	@Test
	void streamThatWasNotAskedForIsGivenToTheCallerWithItsHeaders() throws Exception {
		AtomicInteger attempts = new AtomicInteger();
		withServer((socket, request) -> {
			attempts.incrementAndGet();
			sendHeaders(socket, "text/event-stream");
			socket.close();
		}, (clients) -> StepVerifier.create(ask(clients)).expectComplete().verify(PATIENCE));
		assertThat(attempts).hasValue(1);
	}

	@Test
	void headersOfAStreamAreToldBeforeItsFirstEvent() throws Exception {
		CompletableFuture<Integer> told = new CompletableFuture<>();
		HeadersListener listener = (status, headers) -> told
			.complete(status + headers.getContentType().toString().length());
		withServer((socket, request) -> {
			sendHeaders(socket, "text/event-stream");
			told.join();
			RawServer.send(socket, "data: one\n\n");
			socket.close();
		}, (clients) -> StepVerifier
			.create(ask(clients, MediaType.TEXT_EVENT_STREAM)
				.contextWrite((context) -> context.put(HeadersListener.class, listener)))
			.expectNext("one")
			.expectComplete()
			.verify(PATIENCE));
		assertThat(told).isCompletedWithValue(200 + "text/event-stream".length());
	}

	@Test
	void listenerForHeadersThatThrowsHasNoEffectOnTheCall() throws Exception {
		AtomicInteger attempts = new AtomicInteger();
		HeadersListener listener = (status, headers) -> {
			throw new LinkageError("thrown by the listener");
		};
		withServer((socket, request) -> {
			attempts.incrementAndGet();
			sendHeaders(socket, "text/event-stream");
			RawServer.send(socket, "data: one\n\n");
			socket.close();
		}, (clients) -> StepVerifier
			.create(ask(clients, MediaType.TEXT_EVENT_STREAM)
				.contextWrite((context) -> context.put(HeadersListener.class, listener)))
			.expectNext("one")
			.expectComplete()
			.verify(PATIENCE));
		assertThat(attempts).hasValue(1);
	}

	@ParameterizedTest
	@CsvSource({ "data: one, 1", ": comment, 0" })
	void firstEventIsReportedOnlyOfAStreamThatHasOne(String line, long events) throws Exception {
		withServer((socket, request) -> {
			String body = line + "\n\n";
			RawServer.send(socket, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: "
					+ body.length() + "\r\n\r\n" + body);
		}, (clients) -> {
			ask(clients, MediaType.TEXT_EVENT_STREAM).collectList().block(PATIENCE);
			assertThat(this.meters.get("eas.client.stream.time.to.first").timer().count()).isEqualTo(events);
		});
	}

	@Test
	void exchangeThatIsSubscribedToAgainHasTheSettingsInForce() throws Exception {
		withServer((socket, request) -> {
			RawServer.send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
			socket.getInputStream().read();
		}, (clients) -> {
			ServiceClient client = (ServiceClient) clients.get("mnist");
			Mono<ClientHttpResponse> exchange = new ServiceExchange(client, false).exchange(HttpMethod.GET,
					URI.create("/x"), new HttpHeaders(), EncodedBody.EMPTY, 0);
			CallSettings before = client.settings();
			HttpSettings http = HttpSettings.builder().responseTimeout(Duration.ofMillis(100)).build();
			client.update(new CallSettings(before.path(), before.hashHeader(), http, before.rules(), before.retry(),
					before.budget(), before.codecs(), before.scheme(), before.token()));
			StepVerifier.create(exchange.flatMapMany(ClientHttpResponse::getBody).doOnNext(DataBufferUtils::release))
				.expectNextCount(1)
				.expectErrorMatches((failure) -> failure.getMessage().contains("100 ms"))
				.verify(PATIENCE);
		});
	}

}
