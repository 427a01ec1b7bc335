package io.eas.client.call;

import java.time.Duration;
import java.util.List;

import io.eas.client.EasCodecException;
import io.eas.test.RawServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Answers whose head is too large or malformed: nobody's but the request's affair.
 */
class HeaderLimitTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final int LIMIT = 8192;

	private static final String LARGE = "HTTP/1.1 200 OK\r\nX-Large: " + "x".repeat(LIMIT)
			+ "\r\nContent-Length: 2\r\n\r\nok";

	private static final String LARGE_NAME = "headers of 8 kB";

	@Test
	void headersAboveTheLimitFailTheCallWithoutAnotherAttempt() throws Exception {
		try (RawServer server = RawServer.answering(LARGE)) {
			RawService.run(List.of(server), (client, context) -> {
				assertThatExceptionOfType(EasCodecException.class)
					.isThrownBy(() -> client.get("").retrieve(String.class).block(PATIENCE))
					.withMessageContaining("attempt 1 of 3")
					.withMessageContaining("the answer can't be read: ")
					.withMessageContaining("8192 bytes")
					.withMessageContaining("http.max-header-size");
				assertThat(server.requests()).hasSize(1);
				assertThat(server.closed()).succeedsWithin(PATIENCE);
			});
		}
	}

	@Test
	void headersAboveTheLimitFailAStreamInTheSameWay() throws Exception {
		try (RawServer server = RawServer.answering(LARGE)) {
			RawService.run(List.of(server), (client, context) -> {
				assertThatExceptionOfType(EasCodecException.class)
					.isThrownBy(() -> client.get("").retrieveFlux(String.class).blockLast(PATIENCE))
					.withMessageContaining("http.max-header-size");
				assertThat(server.requests()).hasSize(1);
			});
		}
	}

	@Test
	void theLimitIsAProperty() throws Exception {
		try (RawServer server = RawServer.answering(LARGE)) {
			RawService.run(List.of(server), (client,
					context) -> assertThat(client.get("").retrieve(String.class).block(PATIENCE)).isEqualTo("ok"),
					"eas.http.max-header-size=16KB");
		}
	}

	@Test
	void limitAppliesToTheStatusLineToo() throws Exception {
		String line = "HTTP/1.1 200 " + "O".repeat(6000) + "\r\nContent-Length: 2\r\n\r\nok";
		try (RawServer server = RawServer.answering(line)) {
			RawService.run(List.of(server), (client,
					context) -> assertThat(client.get("").retrieve(String.class).block(PATIENCE)).isEqualTo("ok"));
			RawService.run(List.of(server),
					(client, context) -> assertThatExceptionOfType(EasCodecException.class)
						.isThrownBy(() -> client.get("").retrieve(String.class).block(PATIENCE))
						.withMessageContaining("http.max-header-size"),
					"eas.http.max-header-size=4KB");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { LARGE_NAME, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno number\r\n" })
	void noInstanceIsEjectedForUnparsableResponses(String answer) throws Exception {
		String sent = answer.equals(LARGE_NAME) ? LARGE : answer;
		try (RawServer one = RawServer.answering(sent); RawServer other = RawServer.answering(sent)) {
			RawService.run(List.of(one, other), (client, context) -> {
				for (int i = 0; i < 12; i++) {
					Mono<String> call = client.get("").retrieve(String.class);
					assertThatExceptionOfType(EasCodecException.class).isThrownBy(() -> call.block(PATIENCE))
						.withMessageContaining("attempt 1 of 3");
				}
				assertThat(one.requests().size() + other.requests().size()).isEqualTo(12);
				assertThat(RawService.service(context).selector().states())
					.noneMatch((state) -> state.toString().contains("Ejected"));
			});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "SSH-2.0-OpenSSH_9.6\r\n", "\u0015\u0003\u0003\u0000\u0002\u0002F",
			"\u0000\u0000\u0006\u0004\u0000\u0000\u0000\u0000\u0000\u0000\u0005\u0000\u0000@\u0000",
			"ERR unknown command\n", "<html>busy</html>\n", "\u0000" })
	void responseThatIsNotHttpIsRetriedAndCounted(String other) throws Exception {
		try (RawServer ssh = RawServer.start((socket, request) -> {
			RawServer.send(socket, other);
			socket.close();
		});
				RawServer model = RawServer
					.answering("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok")) {
			RawService.run(List.of(ssh, model), (client, context) -> {
				for (int i = 0; i < 20; i++) {
					assertThat(client.get("").retrieve(String.class).block(PATIENCE)).isEqualTo("ok");
				}
				assertThat(ssh.requests()).hasSize(3);
				assertThat(RawService.service(context).selector().states())
					.anyMatch((state) -> state.toString().contains("Ejected"));
			}, "eas.ejection.base-time=5m");
		}
	}

}
