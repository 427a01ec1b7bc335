package io.eas.emulator.process;

import io.eas.test.RawServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a process is ready.
 */
class ReadyCheckTests {

	private static @Nullable String refusal(String answer) throws Exception {
		try (RawServer server = RawServer.answering(answer)) {
			return new ReadyCheck(server.port(), "/readyz").refusal();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.0 204 No Content\r\n\r\n", "HTTP/1.1 399\r\n\r\n",
			"HTTP/1.1 103 X\r\nLink: </a>\r\n\r\nHTTP/1.1 102 X\r\n\r\nHTTP/1.1 200 OK\r\n\r\n" })
	void isReadyWithAStatusFrom200To399(String answer) throws Exception {
		assertThat(refusal(answer)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 503 Busy\r\n\r\n", "HTTP/1.1 103 X\r\n\r\nHTTP/1.1 503 Busy\r\n\r\n" })
	void isNotReadyWithOtherStatuses(String answer) throws Exception {
		assertThat(refusal(answer)).isEqualTo("GET /readyz answered 503");
	}

	@Test
	void isNotReadyIfTheResponseIsNotHttp() throws Exception {
		assertThat(refusal("SSH-2.0-OpenSSH_9.6\r\n")).contains("isn't HTTP/1.1", "SSH-2.0-OpenSSH_9.6");
	}

	@Test
	void interimAnswersWithoutEndAreNotWaitedFor() throws Exception {
		try (RawServer server = RawServer.start((socket, request) -> {
			while (true) {
				RawServer.send(socket, "HTTP/1.1 103 X\r\n\r\n");
			}
		})) {
			assertThat(new ReadyCheck(server.port(), "/readyz").refusal()).contains("no status within 1000 ms");
		}
	}

	@Test
	void silentPortTimesOut() throws Exception {
		assertThat(refusal("HTTP/1.1 ")).contains("timed out");
	}

}
