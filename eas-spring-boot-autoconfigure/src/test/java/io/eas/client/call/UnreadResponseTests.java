package io.eas.client.call;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.eas.Eas;
import io.eas.client.EasClients;
import io.eas.client.EasConnectionException;
import io.eas.client.EasTimeoutException;
import io.eas.client.auth.AuthScheme;
import io.eas.service.ServiceSettings.Mode;
import io.eas.test.RawServer;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Responses of Spring's clients whose body nobody reads.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnreadResponseTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/** Leaves a busy machine the time to answer. */
	private static final Duration LIMIT = Duration.ofSeconds(2);

	/** The whole response arrives at once, and its connection returns to the pool. */
	private static final String WHOLE = "Content-Length: 2\r\n\r\nok";

	/** Half of the body arrives, so the response keeps its connection. */
	private static final String HALF = "Content-Length: 4\r\n\r\nok";

	private static final String EVENTS = "Content-Type: text/event-stream\r\nContent-Length: 20\r\n\r\ndata: 1\n\n";

	/** Headers and bodies by path. */
	private static final Map<String, String> ANSWERS = Map.of("/whole", WHOLE, "/closing",
			"Connection: close\r\n" + WHOLE, "/half", HALF, "/events", EVENTS);

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final RawServer server = RawServer.keepingConnections((socket, request) -> {
		String path = request.split(" ")[1];
		RawServer.send(socket, "HTTP/1.1 200 OK\r\n" + ANSWERS.get(path.substring(path.lastIndexOf('/'))));
	});

	@AfterEach
	void close() throws IOException {
		this.server.close();
	}

	private EasClients clients(Duration limit) {
		return Eas.builder()
			.authScheme(AuthScheme.NONE)
			.mode(Mode.STATIC)
			.instances("127.0.0.1:" + this.server.port())
			.meterRegistry(this.meters)
			.http((http) -> http.responseTimeout(limit).requestTimeout(limit).streamTimeout(limit))
			.service("mnist")
			.build();
	}

	/** Makes calls, and doesn't read the bodies of their responses. */
	private static Map<String, ClientHttpResponse> call(EasClients clients) {
		return ANSWERS.keySet().stream().collect(Collectors.toMap(Function.identity(), (path) -> {
			Mono<ClientHttpResponse> response = clients.connector("mnist")
				.connect(HttpMethod.GET, URI.create("http://mnist" + path), (request) -> {
					request.getHeaders().set("Accept", path.equals("/events") ? "text/event-stream" : "*/*");
					return request.setComplete();
				});
			return Objects.requireNonNull(response.block(PATIENCE));
		}));
	}

	private static long inFlight(EasClients clients) {
		return ((ServiceClient) clients.get("mnist")).inFlight();
	}

	private long timedOut() {
		return this.meters.find("eas.client.requests")
			.tag("error", "EasTimeoutException")
			.timers()
			.stream()
			.mapToLong(Timer::count)
			.sum();
	}

	@Test
	void endsAtTheLimitOfItsCall(CapturedOutput output) {
		try (EasClients clients = clients(LIMIT)) {
			Map<String, ClientHttpResponse> responses = call(clients);
			await().atMost(PATIENCE).until(() -> inFlight(clients) == 0);
			await().atMost(PATIENCE).until(() -> timedOut() == ANSWERS.size());
			responses.forEach(
					(path, response) -> StepVerifier.create(response.getBody())
						.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(EasTimeoutException.class)
							.hasMessageContaining(path.equals("/events")
									? "the stream has not ended within 2000 ms (http.stream-timeout)"
									: "the answer has not ended within 2000 ms (http.request-timeout)"))
						.verify(PATIENCE));
		}
		assertThat(output).doesNotContain("Exception");
	}

	@Test
	void endsWithTheClients(CapturedOutput output) {
		EasClients clients = clients(Duration.ofMinutes(10));
		Map<String, ClientHttpResponse> responses = call(clients);
		assertThat(inFlight(clients)).isEqualTo(ANSWERS.size());
		clients.close();
		await().atMost(PATIENCE).until(() -> inFlight(clients) == 0);
		responses.values()
			.forEach((response) -> StepVerifier.create(response.getBody())
				.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOf(EasConnectionException.class)
					.hasMessageContaining("EasClients was closed"))
				.verify(PATIENCE));
		assertThat(output).doesNotContain("Exception");
	}

}
