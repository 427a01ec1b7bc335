package io.eas.client.call;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

import javax.net.ssl.SSLHandshakeException;

import io.eas.client.EasClient;
import io.eas.client.EasException;
import io.eas.client.EasException.Attempt;
import io.eas.client.EasTimeoutException;
import io.eas.client.retry.RetryRules;
import io.eas.client.retry.RetryRules.Backoff;
import io.eas.client.retry.RetryRules.RetryOn;
import io.eas.instance.EasInstance;
import io.eas.loadbalancer.Outcome;
import io.eas.test.RawServer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.NotSslRecordException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The table of failures in the documentation says what the client does.
 */
class FailureTableTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Path TABLE = Path.of("..", "docs", "reference", "failures.md");

	private static final RetryRules RULES = new RetryRules(3,
			Set.of(RetryOn.CONNECT, RetryOn.RESET, RetryOn.REFUSED_BY_STATUS), Set.of(450, 502, 503, 504), true,
			new Backoff(Duration.ZERO, Duration.ofMillis(200), 2, 0.5));

	/** What a test can't bring about over sockets, by what the network says. */
	private static final Map<String, List<Throwable>> NAMED = Map.of(
			"no route, or not connected within `http.connect-timeout`",
			List.of(new NoRouteToHostException("No route to host"),
					new ConnectTimeoutException("connection timed out after 500 ms")),
			"TLS handshake broken off, or not over within `http.connect-timeout`",
			List.of(new ConnectException("the connection was closed during the TLS handshake"),
					new ConnectTimeoutException("no TLS connection within 500 ms")),
			"TLS handshake refused: certificate, host name, protocol, no TLS there",
			List.of(new SSLHandshakeException("PKIX path building failed"),
					new NotSslRecordException("not an SSL/TLS record")),
			"address of a kind that this JVM lacks, as IPv6 with `java.net.preferIPv4Stack`",
			List.of(new UnsupportedAddressTypeException()), "host name unknown",
			List.of(new UnknownHostException("eas.test")), "no local port or file descriptor left, event loops stopped",
			List.of(new BindException("Address already in use"), new SocketException("Too many open files"),
					new SocketException("Cannot assign requested address"),
					new RejectedExecutionException("event executor terminated")));

	/** What instances answer. */
	private static final Map<String, String> ANSWERS = new LinkedHashMap<>();

	/** How calls are made where it isn't the answer alone that is wrong. */
	private static final Map<String, Function<EasClient, Mono<?>>> CALLS = Map.of(
			"body can't be decoded: malformed, no codec, unknown charset or compression",
			(client) -> client.get("").retrieve(Row.class), "request can't be encoded",
			(client) -> client.post("").contentType(MediaType.IMAGE_PNG).body(List.of(1)).retrieve(String.class),
			"event of a stream can't be decoded", (client) -> client.get("").retrieveFlux(Row.class).then(),
			"stream broken off before its first event", FailureTableTests::stream,
			"event stream without an event and without a length, closed", FailureTableTests::stream,
			"stream broken off after its first event", FailureTableTests::stream);

	static {
		ANSWERS.put("connection reset or closed before the answer", "");
		ANSWERS.put("connection closed in the first line of the answer", "HTTP/1.1 20");
		ANSWERS.put("connection closed in a header of the answer", "HTTP/1.1 200 OK\r\nContent-Le");
		ANSWERS.put("connection closed between the headers and the body",
				"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
		ANSWERS.put("connection reset or closed during the body", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nok");
		ANSWERS.put("stream broken off before its first event", chunked(": wait\n\n"));
		ANSWERS.put("event stream without an event and without a length, closed",
				"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n: wait\n\n");
		ANSWERS.put("stream broken off after its first event", chunked("data: a\n\n"));
		ANSWERS.put("event of a stream can't be decoded", chunked("data: {\n\n"));
		ANSWERS.put("the server doesn't speak HTTP", "SSH-2.0-OpenSSH_9.6\r\n");
		ANSWERS.put("headers or first line above `http.max-header-size`",
				RawService.answer("200 OK\r\nX-Large: " + "x".repeat(9000), ""));
		ANSWERS.put("malformed head or chunk of the answer",
				"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnumber\r\nok\r\n");
		ANSWERS.put("body above `http.max-in-memory-size`", RawService.answer("200 OK", "x".repeat(2000)));
		ANSWERS.put("body can't be decoded: malformed, no codec, unknown charset or compression",
				RawService.answer("200 OK\r\nContent-Type: application/json", "{"));
		ANSWERS.put("request can't be encoded", RawService.answer("200 OK", ""));
		ANSWERS.put("status 3xx", RawService.answer("307 X\r\nLocation: /b", ""));
		ANSWERS.put("status 4xx, except 450", RawService.answer("429 X", ""));
		ANSWERS.put("status 450", RawService.answer("450 X", ""));
		ANSWERS.put("status 502, 503 or 504", RawService.answer("503 X", ""));
		ANSWERS.put("status 500 and other 5xx", RawService.answer("500 X", ""));
	}

	/** The beginning of an event stream. */
	private static String chunked(String events) {
		return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
				+ Integer.toHexString(events.length()) + "\r\n" + events + "\r\n";
	}

	static Stream<Row> rows() throws IOException {
		return Files.readAllLines(TABLE)
			.stream()
			.filter((line) -> line.startsWith("| ") && !line.startsWith("| what happened"))
			.map(Row::of);
	}

	@Test
	void tableHasARowForEachCase() throws IOException {
		assertThat(rows().map(Row::what)).hasSizeGreaterThan(20)
			.containsAll(NAMED.keySet())
			.containsAll(ANSWERS.keySet())
			.doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@MethodSource("rows")
	void failureBehavesAsTheRowSays(Row row) throws Exception {
		if (NAMED.containsKey(row.what())) {
			NAMED.get(row.what()).forEach((failure) -> assertClassified(row, failure));
		}
		else if (ANSWERS.containsKey(row.what())) {
			try (RawServer server = RawServer.start((socket, request) -> {
				RawServer.send(socket, ANSWERS.get(row.what()));
				socket.shutdownOutput();
			})) {
				assertCalls(row, server.port(), CALLS.getOrDefault(row.what(), FailureTableTests::call));
			}
		}
		else {
			special(row);
		}
	}

	private static void special(Row row) throws Exception {
		switch (row.what()) {
			case "kept connection reset or closed before any byte of the answer" -> stale(row);
			case "connection refused" -> assertCalls(row, closedPort(), FailureTableTests::call);
			case "silent for `http.response-timeout`" ->
				assertSilent(row, (client) -> call(client, Duration.ofSeconds(30)), "eas.http.response-timeout=100ms");
			case "no event of a stream within `http.first-event-timeout`" ->
				assertSilent(row, FailureTableTests::stream, "eas.http.first-event-timeout=100ms");
			case "no further event within `http.next-event-timeout`" -> assertSilent(row, chunked("data: a\n\n"),
					FailureTableTests::stream, "eas.http.next-event-timeout=100ms");
			case "`http.stream-timeout` over, the instance silent for more than half of it" ->
				assertSilent(row, chunked("data: a\n\n"), FailureTableTests::stream, "eas.http.stream-timeout=2s");
			case "`http.stream-timeout` over otherwise" -> longStream(row);
			case "moved: the instance stands still while others answer" -> moved(row);
			case "`http.request-timeout` over, the instance silent for more than half of it" ->
				assertSilent(row, (client) -> call(client, Duration.ofMillis(300)));
			case "`http.request-timeout` over otherwise" -> late(row);
			case "cancelled by the caller" -> cancelled(row);
			case "no free connection within `http.pending-acquire-timeout`" -> crowded(row);
			case "no instance known" -> LocalEas.application()
				.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
				.withPropertyValues("eas.services.raw.endpoint=127.0.0.1:1", "eas.services.raw.auth.scheme=none",
						"eas.discovery.startup=lazy")
				.run((context) -> assertCall(row, context,
						call(context.getBean(EasClient.class), Duration.ofMillis(300)), 0));
			case "cut by the application's stop" -> cut(row);
			case "application stopped" -> run(closedPort(), (client, context) -> {
				context.getBean("easConnections", SmartLifecycle.class).stop();
				assertCall(row, context, call(client), 0);
			});
			default -> throw new IllegalStateException("nothing raises '" + row.what() + "'");
		}
	}

	/** A moved call goes on elsewhere; {@link WaitingCallTests} raises that. */
	private static void moved(Row row) {
		for (boolean idempotent : new boolean[] { true, false }) {
			EasException failure = EasTimeoutException.moved(attempt(idempotent), 700);
			assertThat(failure.getClass().getSimpleName()).isEqualTo(row.exception());
			assertThat(failure.isRetryable()).isEqualTo(row.attempts(idempotent) > 1);
			assertThat(Outcomes.of(failure)).isEqualTo(Outcome.valueOf(row.attempt().toUpperCase(Locale.ROOT)));
		}
	}

	private static int closedPort() throws IOException {
		try (ServerSocket free = new ServerSocket(0)) {
			return free.getLocalPort();
		}
	}

	private static Mono<?> stream(EasClient client) {
		return client.get("").retrieveFlux(String.class).then();
	}

	private static Mono<?> call(EasClient client) {
		return client.get("").retrieve(String.class);
	}

	private static Mono<?> call(EasClient client, Duration timeout) {
		return client.get("").timeout(timeout).retrieve(String.class);
	}

	/** With three attempts where it is tried again, and one elsewhere. */
	private static void assertCalls(Row row, int port, Function<EasClient, Mono<?>> call) {
		run(port, (client, context) -> assertCall(row, context, call.apply(client), row.attempts(true)));
		if (!CALLS.containsKey(row.what())) {
			run(port, (client, context) -> assertCall(row, context,
					client.get("").idempotent(false).retrieve(String.class), row.attempts(false)));
		}
	}

	private static void assertSilent(Row row, Function<EasClient, Mono<?>> call, String... properties)
			throws Exception {
		assertSilent(row, "", call, properties);
	}

	/** An instance that says that, and then nothing. */
	private static void assertSilent(Row row, String said, Function<EasClient, Mono<?>> call, String... properties)
			throws Exception {
		try (RawServer server = RawServer.start((socket, request) -> RawServer.send(socket, said))) {
			run(server.port(), (client, context) -> assertCall(row, context, call.apply(client), 1), properties);
		}
	}

	/** Time that is over just after the instance has been heard. */
	private static void late(Row row) throws Exception {
		try (RawServer server = RawServer.start((socket, request) -> {
			RawServer.send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
			for (int i = 0; i < 1000; i++) {
				RawServer.send(socket, "x");
				RawServer.pause(10);
			}
		})) {
			run(server.port(), (client, context) -> assertCall(row, context, call(client, Duration.ofSeconds(2)), 1));
		}
	}

	private static void longStream(Row row) throws Exception {
		try (RawServer server = RawServer.start((socket, request) -> {
			RawServer.send(socket, chunked("data: a\n\n"));
			for (int i = 0; i < 1000; i++) {
				RawServer.send(socket, "9\r\ndata: b\n\n\r\n");
				RawServer.pause(20);
			}
		})) {
			run(server.port(), (client, context) -> assertCall(row, context, stream(client), 1),
					"eas.http.stream-timeout=2s");
		}
	}

	private static void cut(Row row) throws Exception {
		try (RawServer server = RawServer.start((socket, request) -> {
		})) {
			run(server.port(), (client, context) -> {
				CompletableFuture<?> call = call(client).toFuture();
				await().atMost(PATIENCE).until(() -> !server.requests().isEmpty());
				context.getBean("easConnections", SmartLifecycle.class).stop();
				assertCall(row, context, Mono.fromFuture(call), 1);
			}, "spring.lifecycle.timeout-per-shutdown-phase=1s");
		}
	}

	private static void cancelled(Row row) throws Exception {
		try (RawServer server = RawServer.start((socket, request) -> {
		})) {
			run(server.port(), (client, context) -> {
				Disposable call = call(client).subscribe();
				await().atMost(PATIENCE).until(() -> !server.requests().isEmpty());
				call.dispose();
				assertCounted(row, context);
			});
		}
	}

	/** The connection that the first call leaves behind breaks with the second one. */
	private static void stale(Row row) throws Exception {
		AtomicInteger requests = new AtomicInteger();
		try (RawServer server = RawServer.keepingConnections((socket, request) -> {
			if (requests.incrementAndGet() == 2) {
				socket.shutdownOutput();
			}
			else {
				RawServer.send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
			}
		})) {
			run(server.port(), (client, context) -> {
				call(client).block(PATIENCE);
				assertThat(client.get("").idempotent(false).retrieve(String.class).materialize().block(PATIENCE))
					.satisfies((signal) -> assertThat(signal.getThrowable().getClass().getSimpleName())
						.isEqualTo(row.exception()));
				assertThat(results(context)).containsExactlyInAnyOrder("answered", row.attempt());
				assertThat(client.get("").toEntity(String.class).block(PATIENCE).attempts()).isEqualTo(1);
			}, "eas.http.max-connections-per-instance=1");
		}
	}

	private static void crowded(Row row) throws Exception {
		try (RawServer server = RawServer.start((socket, request) -> {
		})) {
			run(server.port(), (client, context) -> {
				Disposable holding = call(client, Duration.ofSeconds(30)).subscribe();
				await().atMost(PATIENCE).until(() -> !server.requests().isEmpty());
				assertCall(row, context, call(client), 3);
				holding.dispose();
			}, "eas.http.max-connections-per-instance=1", "eas.http.pending-acquire-timeout=50ms",
					"eas.http.response-timeout=30s");
		}
	}

	private static void run(int port, RawService.Body test, String... properties) {
		LocalEas.application()
			.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.withPropertyValues("eas.services.raw.mode=static", "eas.services.raw.auth.scheme=none",
					"eas.services.raw.instances=127.0.0.1:" + port, "eas.http.max-in-memory-size=1KB")
			.withPropertyValues(properties)
			.run((context) -> test.accept(context.getBean(EasClient.class), context));
	}

	private static void assertCall(Row row, ApplicationContext context, Mono<?> call, int attempts) {
		assertThat(call.materialize().block(PATIENCE).getThrowable()).isInstanceOfSatisfying(EasException.class,
				(failure) -> {
					assertThat(failure.getClass().getSimpleName()).isEqualTo(row.exception());
					assertThat(failure.attempt()).as(failure.getMessage()).isEqualTo(attempts);
				});
		assertCounted(row, context);
	}

	private static void assertCounted(Row row, ApplicationContext context) {
		MeterRegistry meters = context.getBean(MeterRegistry.class);
		await().atMost(PATIENCE).untilAsserted(() -> {
			assertThat(meters.get("eas.client.requests").timers()).extracting((timer) -> tag(timer, "outcome"))
				.containsExactly(row.call());
			assertThat(results(context)).isEqualTo(row.attempt().equals("none") ? List.of() : List.of(row.attempt()));
		});
	}

	private static List<String> results(ApplicationContext context) {
		return context.getBean(MeterRegistry.class)
			.get("eas.client.attempts")
			.counters()
			.stream()
			.filter((counter) -> counter.count() > 0)
			.map((Counter counter) -> tag(counter, "result"))
			.toList();
	}

	private static String tag(Meter meter, String name) {
		return meter.getId().getTag(name);
	}

	private static void assertClassified(Row row, Throwable failure) {
		for (boolean idempotent : new boolean[] { true, false }) {
			EasException classified = Failures.classify(attempt(idempotent), false, false, failure);
			assertThat(classified.getClass().getSimpleName()).isEqualTo(row.exception());
			assertThat(classified.isRetryable())
				.isEqualTo(row.attempts(idempotent) > 1 || row.again().equals("elsewhere"));
			assertThat(RetryRules.isRefusedForGood(classified)).isEqualTo(row.again().equals("elsewhere"));
			assertThat(Outcomes.of(classified)).isEqualTo(Outcome.valueOf(row.attempt().toUpperCase(Locale.ROOT)));
		}
	}

	private static Attempt attempt(boolean idempotent) {
		return new Attempt("raw", new EasInstance("10.0.0.1", 8000, 100), 1, 3, null,
				RULES.forIdempotent(idempotent)::isRetryable, () -> "", List.of());
	}

	@ParameterizedTest
	@MethodSource("rows")
	void theEjectionFollowsFromTheResult(Row row) {
		Map<String, String> ejections = Map.of("unreachable", "at once", "failed", "counts", "broken", "counts",
				"pool-exhausted", "others preferred", "busy", "others preferred", "answered", "resets", "stale", "–",
				"cancelled", "–", "none", "–");
		assertThat(row.ejection()).isEqualTo(ejections.get(row.attempt()));
	}

	/**
	 * A row of the table.
	 */
	record Row(String what, String fault, String exception, String again, String ejection, String attempt,
			String call) {

		static Row of(String line) {
			List<String> cells = Arrays.stream(line.split("\\|")).map(String::strip).toList();
			return new Row(cells.get(1), cells.get(2), cells.get(3), cells.get(4), cells.get(5), cells.get(6),
					cells.get(7));
		}

		int attempts(boolean idempotent) {
			if (this.exception.equals("EasCodecException") && this.attempt.equals("none")) {
				return 0;
			}
			return (this.again.equals("yes") || (idempotent && this.again.equals("if idempotent"))) ? 3 : 1;
		}

		@Override
		public String toString() {
			return this.what;
		}

	}

}
