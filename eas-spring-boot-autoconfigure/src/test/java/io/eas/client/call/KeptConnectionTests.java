package io.eas.client.call;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.eas.client.EasClient;
import io.eas.client.EasConnectionException;
import io.eas.client.EasException;
import io.eas.client.EasStatusException;
import io.eas.test.RawServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Each call gets its own answer, whatever an instance sends on a kept connection.
 */
class KeptConnectionTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final byte[] LARGE = new byte[16 * 1024 * 1024];

	private static final Pattern CALL = Pattern.compile("(?i)x-call: (\\S+)");

	private static final String EARLY_HINTS = "HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n";

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n",
			"HTTP/1.1 102 Processing\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 199 X\r\n\r\n",
			"HTTP/1.1 103 X\r\n\r\nHTTP/1.1 103 X\r\nA: b\r\n\r\nHTTP/1.1 102 X\r\n\r\n" })
	void interimResponsesAreSkipped(String interim) throws Exception {
		try (RawServer server = RawServer.keepingConnections((socket, request) -> {
			RawServer.send(socket, interim);
			RawServer.pause(100);
			RawServer.send(socket, answer(call(request)));
		})) {
			run(server, (client) -> {
				for (String call : calls(6)) {
					assertThat(ask(client, call)).isEqualTo(call);
				}
				assertKept(server);
			});
		}
	}

	@Test
	void interimResponseMayArriveWithTheResponseOrInPieces() throws Exception {
		AtomicInteger count = new AtomicInteger();
		try (RawServer server = RawServer.keepingConnections((socket, request) -> {
			if (count.getAndIncrement() % 2 == 0) {
				RawServer.send(socket, EARLY_HINTS + answer(call(request)));
			}
			else {
				for (char next : (EARLY_HINTS + answer(call(request))).toCharArray()) {
					RawServer.send(socket, String.valueOf(next));
				}
			}
		})) {
			run(server, (client) -> {
				for (String call : calls(6)) {
					assertThat(ask(client, call)).isEqualTo(call);
				}
				assertKept(server);
			});
		}
	}

	@Test
	void responseMayBeginWithAPieceOfItsHead() throws Exception {
		try (RawServer server = RawServer.keepingConnections((socket, request) -> {
			for (String piece : answer(call(request)).split("(?<=HTT|Conte)")) {
				RawServer.send(socket, piece);
				RawServer.pause(50);
			}
		})) {
			run(server, (client) -> {
				for (String call : calls(6)) {
					assertThat(ask(client, call)).isEqualTo(call);
				}
				assertKept(server);
			});
		}
	}

	@Test
	void interimResponsesBeforeAStreamAreSkipped() throws Exception {
		try (RawServer server = RawServer.keepingConnections((socket, request) -> {
			RawServer.send(socket, EARLY_HINTS);
			RawServer.pause(100);
			RawServer.send(socket, answer(call(request)));
		})) {
			run(server, (client) -> {
				for (String call : calls(4)) {
					assertThat(client.get("").header("X-Call", call).retrieveFlux(String.class).blockLast(PATIENCE))
						.isEqualTo(call);
				}
			});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nforeign", "garbage", "garbage\r\n\r\n",
			"HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n", "\r\nHTTP/1.1 500 X\r\n\r\n", "H", "HTTP/1.1 5",
			"HTTP/1.1 500 X\r\nX-Part: ", "HTTP/1.1 500 X\r\n", "HTTP/1.1 500 X\r\nX-Part: a\r\n" })
	void bytesAfterAnAnswerAreNotTakenForTheNextAnswer(String extra) throws Exception {
		try (RawServer server = RawServer
			.keepingConnections((socket, request) -> RawServer.send(socket, answer(call(request)) + extra))) {
			run(server, (client) -> {
				for (String call : calls(10)) {
					assertThat(ask(client, call)).isEqualTo(call);
				}
			}, "eas.retry.max-attempts=1");
		}
	}

	@Test
	void bytesAfterAnAnswerAreNotGivenToACallThatWaitsForTheConnection() throws Exception {
		try (RawServer server = RawServer.keepingConnections((socket, request) -> RawServer.send(socket,
				answer(call(request)) + "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nforeign"))) {
			run(server, (client) -> assertThat(Flux.fromIterable(calls(40))
				.flatMap((call) -> client.get("").header("X-Call", call).retrieve(String.class).map(call::equals), 8)
				.collectList()
				.block(PATIENCE)).hasSize(40).containsOnly(true), "eas.http.max-connections-per-instance=1");
		}
	}

	@Test
	void partOfAHeadAfterAResponseInPiecesIsNotTakenForTheNextResponse() throws Exception {
		try (RawServer server = RawServer.keepingConnections((socket, request) -> {
			String answer = answer(call(request));
			for (int i = 0; i < answer.length() - 1; i++) {
				RawServer.send(socket, answer.substring(i, i + 1));
			}
			RawServer.send(socket, answer.substring(answer.length() - 1) + "HTTP/1.1 500 X\r\nX-Part: ");
		})) {
			run(server, (client) -> {
				for (String call : calls(10)) {
					assertThat(ask(client, call)).isEqualTo(call);
				}
			});
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nforeign", "H", "HTTP/1.1 200 OK\r\nX-Part: " })
	void unsolicitedBytesCloseAnIdleConnection(String unasked) throws Exception {
		try (RawServer server = RawServer.keepingConnections((socket, request) -> {
			RawServer.send(socket, answer(call(request)));
			RawServer.pause(100);
			RawServer.send(socket, unasked);
		})) {
			run(server, (client) -> {
				assertThat(ask(client, "first")).isEqualTo("first");
				await().until(server.closed()::isDone);
				assertThat(ask(client, "second")).isEqualTo("second");
				assertThat(server.connections()).isBetween(2, 4);
			});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 1001 X\r\nContent-Length: 0\r\n\r\n",
			"HTTP/1.1 099 X\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 101 X\r\nUpgrade: x\r\n\r\n" })
	void invalidStatusFailsTheCallAndClosesTheConnection(String head) throws Exception {
		AtomicInteger count = new AtomicInteger();
		try (RawServer server = RawServer.keepingConnections((socket, request) -> RawServer.send(socket,
				(count.getAndIncrement() == 1) ? head : answer(call(request))))) {
			run(server, (client) -> {
				assertThat(ask(client, "first")).isEqualTo("first");
				assertThatExceptionOfType(EasException.class).isThrownBy(() -> ask(client, "second"))
					.withMessageContaining(head.substring(9, 13).strip());
				assertThat(ask(client, "third")).isEqualTo("third");
				assertThat(server.connections()).isBetween(2, 4);
			}, "eas.retry.max-attempts=1");
		}
	}

	@Test
	void invalidChunkFailsTheCallAndClosesTheConnection() throws Exception {
		AtomicInteger count = new AtomicInteger();
		try (RawServer server = RawServer
			.keepingConnections((socket, request) -> RawServer.send(socket, (count.getAndIncrement() == 0)
					? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n\r\n" : answer(call(request))))) {
			run(server, (client) -> {
				assertThatExceptionOfType(EasException.class).isThrownBy(() -> ask(client, "first"));
				assertThat(ask(client, "second")).isEqualTo("second");
			}, "eas.retry.max-attempts=1");
		}
	}

	@Test
	void anAnswerBeforeTheRequestIsWrittenClosesTheConnection() throws Exception {
		try (RawServer server = RawServer.keepingConnections((socket, request) -> {
			if (call(request).equals("large")) {
				RawServer.send(socket, "HTTP/1.1 413 X\r\nContent-Length: 0\r\n\r\n");
				RawServer.pause(1000);
				socket.close();
			}
			else {
				RawServer.send(socket, answer(call(request)));
			}
		})) {
			run(server, (client) -> {
				for (String call : calls(3)) {
					assertThatExceptionOfType(EasStatusException.class).isThrownBy(() -> upload(client))
						.withMessageContaining("413");
					assertThat(ask(client, call)).isEqualTo(call);
				}
				assertThat(server.connections()).isGreaterThanOrEqualTo(3);
			});
		}
	}

	@Test
	void responseIsReadDespiteTheResetThatFollows() throws Exception {
		try (RawServer server = RawServer.start((socket, head) -> {
			RawServer.send(socket, "HTTP/1.1 413 X\r\nContent-Length: 3\r\n\r\nbig");
			socket.setSoLinger(true, 0);
			socket.close();
		})) {
			run(server, (client) -> {
				for (int i = 1; i <= 8; i++) {
					assertThatExceptionOfType(EasStatusException.class).isThrownBy(() -> upload(client))
						.withMessageContaining("413")
						.withMessageContaining("big");
					assertThat(server.requests()).hasSize(i);
				}
			});
		}
	}

	@Test
	void resetWithoutAResponseIsRetried() throws Exception {
		try (RawServer server = RawServer.start((socket, head) -> {
			socket.setSoLinger(true, 0);
			socket.close();
		})) {
			run(server, (client) -> {
				assertThatExceptionOfType(EasConnectionException.class).isThrownBy(() -> upload(client));
				assertThat(server.requests()).hasSize(3);
			}, "eas.ejection.enabled=false");
		}
	}

	private static void upload(EasClient client) {
		client.post("").header("X-Call", "large").body(LARGE).retrieve(String.class).block(PATIENCE);
	}

	private static String ask(EasClient client, String call) {
		return client.get("").header("X-Call", call).retrieve(String.class).block(PATIENCE);
	}

	private static List<String> calls(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "call-" + i).toList();
	}

	private static String answer(String call) {
		return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + call.length() + "\r\n\r\n" + call;
	}

	private static String call(String head) {
		Matcher matcher = CALL.matcher(head);
		return matcher.find() ? matcher.group(1) : "";
	}

	/** The answer is there a moment before its connection is free again. */
	private static void assertKept(RawServer server) {
		assertThat(server.connections()).isLessThanOrEqualTo(3);
	}

	/** Runs an application with one instance that isn't on any EAS. */
	private static void run(RawServer server, Body test, String... properties) {
		LocalEas.application()
			.withPropertyValues("eas.services.kept.mode=static", "eas.services.kept.auth.scheme=none",
					"eas.services.kept.instances=127.0.0.1:" + server.port())
			.withPropertyValues(properties)
			.run((context) -> test.accept(context.getBean(EasClient.class)));
	}

	/** A test's body. */
	@FunctionalInterface
	private interface Body {

		void accept(EasClient client) throws Exception;

	}

}
