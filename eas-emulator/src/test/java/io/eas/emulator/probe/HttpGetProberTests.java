package io.eas.emulator.probe;

import java.net.ServerSocket;

import io.eas.emulator.net.FreePort;
import io.eas.emulator.net.Loopback;
import io.eas.emulator.probe.ProbeResult.Discarded;
import io.eas.emulator.probe.ProbeResult.Failure;
import io.eas.emulator.probe.ProbeResult.Success;
import io.eas.test.RawServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What {@code http_get} makes of what servers do.
 */
class HttpGetProberTests extends HttpProbes {

	@ParameterizedTest
	@ValueSource(ints = { 200, 204, 299, 300, 304, 399 })
	void passesFrom200To399(int status) throws Exception {
		assertThat(probe((socket, request) -> RawServer.send(socket, status(status))))
			.isEqualTo(new Success("GET / answered " + status));
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 404, 500, 503, 599 })
	void failsFrom400(int status) throws Exception {
		assertThat(probe((socket, request) -> RawServer.send(socket, status(status))))
			.isEqualTo(new Failure("GET / answered " + status));
	}

	@ParameterizedTest
	@CsvSource({ "103, 200", "102, 503", "100, 204" })
	void anInterimAnswerIsNotTheResult(int interim, int status) throws Exception {
		ProbeResult result = probe((socket, request) -> RawServer.send(socket,
				"HTTP/1.1 " + interim + " X\r\nLink: </a>\r\n\r\nHTTP/1.1 103 X\r\n\r\n" + status(status)));
		assertThat(result.detail()).isEqualTo("GET / answered " + status);
		assertThat(result instanceof Success).isEqualTo(status < 400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 1001 X\r\n\r\n", "HTTP/1.1 099 X\r\n\r\n", "HTTP/1.1 101 X\r\n\r\n" })
	void invalidStatusFails(String head) throws Exception {
		assertThat(probe((socket, request) -> RawServer.send(socket, head)).detail())
			.startsWith("GET /: the answer isn't HTTP: status ");
	}

	@Test
	void asksAsTheKubeletDoes() throws Exception {
		try (RawServer server = RawServer.answering(status(200))) {
			probe("/readyz?verbose=1", server.port());
			assertThat(server.requests()).singleElement()
				.asString()
				.startsWith("GET /readyz?verbose=1 HTTP/1.1\r\n")
				.containsIgnoringCase("user-agent: eas-probe/1\r\n")
				.containsIgnoringCase("connection: close\r\n")
				.containsIgnoringCase("host: " + Loopback.address(server.port()) + "\r\n");
		}
	}

	@ParameterizedTest
	@CsvSource({ "readyz, /readyz", "/a b, /a%20b", "/é, /%C3%A9" })
	void encodesCharactersThatARequestCannotContain(String path, String sent) throws Exception {
		try (RawServer server = RawServer.answering(status(200))) {
			assertThat(probe(path, server.port())).isEqualTo(new Success("GET " + path + " answered 200"));
			assertThat(server.requests().get(0)).startsWith("GET " + sent + " HTTP/1.1\r\n");
		}
	}

	@Test
	void opensAConnectionForEachCheckAndClosesIt() throws Exception {
		try (RawServer server = RawServer.answering(status(200))) {
			probe("/", server.port());
			await().until(server.closed()::isDone);
			probe("/", server.port());
			assertThat(server.requests()).hasSize(2);
		}
	}

	@Test
	void somethingOtherThanHttpFails() throws Exception {
		ProbeResult result = probe((socket, request) -> RawServer.send(socket, "SSH-2.0-OpenSSH_9.6\r\n\r\n"));
		assertThat(result).isInstanceOf(Failure.class);
		assertThat(result.detail()).startsWith("GET /: the answer isn't HTTP: ");
	}

	@Test
	void timeoutFailsAndClosesTheConnection() throws Exception {
		try (RawServer server = RawServer.answering("")) {
			assertThat(probeHastily(server.port())).isEqualTo(new Failure("GET /: no whole answer within 1 s"));
			await().until(server.closed()::isDone);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 404, 503 })
	void aBodyThatComesTooSlowlyCountsNeitherWay(int status) throws Exception {
		try (RawServer server = RawServer.answering("HTTP/1.1 " + status + " X\r\nContent-Length: 10\r\n\r\nslow")) {
			assertThat(probeHastily(server.port())).isEqualTo(new Discarded("GET / answered " + status
					+ ", but its body wasn't whole within 1 s; counts neither as passed " + "nor as failed"));
			await().until(server.closed()::isDone);
		}
	}

	@Test
	void aBodyThatBreaksOffCountsNeitherWay() throws Exception {
		assertThat(probe((socket, request) -> {
			RawServer.send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf");
			socket.close();
		})).isEqualTo(new Discarded("GET / answered 200, but its body broke off, connection closed before the answer "
				+ "was complete; counts neither as passed nor as failed"));
	}

	@Test
	void interimResponseAloneFails() throws Exception {
		try (RawServer server = RawServer.answering("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")) {
			assertThat(probeHastily(server.port())).isEqualTo(new Failure("GET /: no whole answer within 1 s"));
		}
	}

	@Test
	void status204WithABodyPasses() throws Exception {
		assertThat(probe((socket, request) -> RawServer.send(socket,
				"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello")))
			.isEqualTo(new Success("GET / answered 204"));
	}

	@ParameterizedTest
	@CsvSource({ "200, true", "503, false" })
	void linesMayEndInALineFeedAlone(int status, boolean passes) throws Exception {
		ProbeResult result = probe((socket, request) -> RawServer.send(socket,
				"HTTP/1.1 103 X\nLink: </a>\n\nHTTP/1.1 " + status + " X\nContent-Length: 2\n\nok"));
		assertThat(result.detail()).isEqualTo("GET / answered " + status);
		assertThat(result instanceof Success).isEqualTo(passes);
	}

	@Test
	void twentyKilobytesOfHeadersPass() throws Exception {
		assertThat(probe((socket,
				request) -> RawServer.send(socket, "HTTP/1.1 200 OK\r\n"
						+ ("X-Header: " + "x".repeat(988) + "\r\n").repeat(20) + "Content-Length: 0\r\n\r\n")))
			.isEqualTo(new Success("GET / answered 200"));
	}

	@Test
	void refusedConnectionFails() {
		assertThat(probe("/", FreePort.find())).isEqualTo(new Failure("GET /: connection refused"));
	}

	@Test
	void anAnswerThatNeverBeginsFails() throws Exception {
		assertThat(probe((socket, request) -> socket.close()))
			.isEqualTo(new Failure("GET /: connection closed before the answer was complete"));
	}

	@Test
	void anAnswerWithoutLengthEndsWithTheConnection() throws Exception {
		assertThat(probe((socket, request) -> {
			RawServer.send(socket, "HTTP/1.1 200 OK\r\n\r\nhello");
			socket.shutdownOutput();
		})).isEqualTo(new Success("GET / answered 200"));
	}

	@Test
	void readsOnlyTheBeginningOfAnEndlessBody() throws Exception {
		try (RawServer server = RawServer.start((socket, request) -> {
			RawServer.send(socket, "HTTP/1.1 200 OK\r\n\r\n");
			while (true) {
				RawServer.send(socket, "x".repeat(1024));
			}
		})) {
			assertThat(probe("/", server.port())).isEqualTo(new Success("GET / answered 200"));
			await().until(server.closed()::isDone);
		}
	}

	@Test
	void readsNoMoreThanTenKibibytes() throws Exception {
		assertThat(probe((socket, request) -> RawServer.send(socket,
				"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + "x".repeat(10 * 1024))))
			.isEqualTo(new Success("GET / answered 200"));
	}

	@Test
	void cancellingClosesTheConnection() throws Exception {
		try (RawServer server = RawServer.answering("")) {
			Disposable check = this.prober.probe(Checks.get("/"), Checks.at(server.port())).subscribe();
			await().until(() -> !server.requests().isEmpty());
			check.dispose();
			await().until(server.closed()::isDone);
		}
	}

	@Test
	void aServerThatDoesNotAcceptIsGivenUp() throws Exception {
		try (ServerSocket full = new ServerSocket()) {
			full.bind(Loopback.socketAddress(0), 1);
			assertThat(probeHastily(full.getLocalPort())).isEqualTo(new Failure("GET /: no whole answer within 1 s"));
		}
	}

}
