package io.eas.client.call;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.eas.Eas;
import io.eas.client.EasClients;
import io.eas.client.EasNoInstanceException;
import io.eas.client.EasTimeoutException;
import io.eas.client.auth.AuthScheme;
import io.eas.http.EncodedBody;
import io.eas.service.ServiceSettings.Mode;
import io.eas.test.RawServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.WebClient.RequestBodySpec;
import org.springframework.web.reactive.function.client.WebClient.RequestHeadersSpec;
import org.springframework.web.reactive.function.client.WebClientRequestException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Calls of a {@code WebClient} whose body is not complete when they are made.
 */
class LateRequestBodyTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final RawServer server = RawServer.keepingConnections((socket, request) -> {
		if (request.startsWith("POST")) {
			RawServer.send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
			socket.close();
		}
	});

	private EasClients clients = clients(Duration.ofMinutes(10));

	private EasClients clients(Duration limit) {
		return Eas.builder()
			.authScheme(AuthScheme.NONE)
			.mode(Mode.STATIC)
			.instances("127.0.0.1:" + this.server.port())
			.http((http) -> http.requestTimeout(limit).responseTimeout(limit))
			.service("mnist")
			.build();
	}

	@AfterEach
	void close() throws IOException {
		this.clients.close();
		this.server.close();
	}

	private ServiceClient client() {
		return (ServiceClient) this.clients.get("mnist");
	}

	private Mono<String> call(Body body) {
		return body.of(this.clients.webClient("mnist").post().uri("/x")).retrieve().bodyToMono(String.class);
	}

	static Stream<Named<Body>> bodiesThatNeverCome() {
		return Stream.of(Named.of("buffers", (request) -> request.body(Flux.<DataBuffer>never(), DataBuffer.class)),
				Named.of("value", (request) -> request.body(Mono.<String>never(), String.class)));
	}

	@ParameterizedTest
	@MethodSource("bodiesThatNeverCome")
	void failAtTheLimitOfTheCall(Body body) {
		this.clients.close();
		this.clients = clients(Duration.ofMillis(200));
		assertThatExceptionOfType(WebClientRequestException.class).isThrownBy(() -> call(body).block(PATIENCE))
			.withCauseInstanceOf(EasTimeoutException.class)
			.withMessageContaining(
					"mnist: the body of the request was not complete within 200 ms (http.request-timeout)");
		await().atMost(PATIENCE).until(() -> client().inFlight() == 0);
	}

	@ParameterizedTest
	@MethodSource("bodiesThatNeverCome")
	void countAsInFlightAndEndWithTheClients(Body body) {
		CompletableFuture<String> call = call(body).toFuture();
		assertThat(client().inFlight()).isOne();
		this.clients.close();
		assertThat(call).failsWithin(PATIENCE)
			.withThrowableOfType(ExecutionException.class)
			.havingRootCause()
			.isInstanceOf(EasNoInstanceException.class)
			.withMessageContaining("EasClients was closed");
		await().atMost(PATIENCE).until(() -> client().inFlight() == 0);
	}

	@Test
	void areNoLongerInFlightOnceCancelled() {
		CompletableFuture<String> call = call((request) -> request.body(Mono.<String>never(), String.class)).toFuture();
		assertThat(client().inFlight()).isOne();
		call.cancel(true);
		assertThat(client().inFlight()).isZero();
	}

	@Test
	void areSentOnceTheBodyIsComplete() {
		Sinks.One<String> body = Sinks.one();
		CompletableFuture<String> call = call((request) -> request.body(body.asMono(), String.class)).toFuture();
		assertThat(client().inFlight()).isOne();
		body.tryEmitValue("late");
		assertThat(call).succeedsWithin(PATIENCE).isEqualTo("ok");
		await().atMost(PATIENCE).until(() -> client().inFlight() == 0);
	}

	/** The server doesn't answer a GET, and the limit is longer than the patience. */
	@Test
	void theWaitForTheBodyIsPartOfTheTimeOfTheCall() {
		StepVerifier
			.create(new ServiceExchange(client(), false).exchange(HttpMethod.GET, URI.create("/x"), new HttpHeaders(),
					EncodedBody.EMPTY, TimeUnit.HOURS.toNanos(1)))
			.expectError(EasTimeoutException.class)
			.verify(PATIENCE);
	}

	/** Gives a request its body. */
	@FunctionalInterface
	interface Body {

		RequestHeadersSpec<?> of(RequestBodySpec request);

	}

}
