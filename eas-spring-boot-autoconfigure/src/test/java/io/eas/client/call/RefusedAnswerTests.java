package io.eas.client.call;

import java.time.Duration;
import java.util.List;

import io.eas.client.EasClient;
import io.eas.client.EasException;
import io.eas.client.EasResponse;
import io.eas.client.EasStatusException;
import io.eas.test.RawServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An answer whose status sends the call elsewhere does so, whatever becomes of its body.
 */
class RefusedAnswerTests {

	private static final String GOOD = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 100\r\n\r\nfull", "Content-Length: 100000000\r\n\r\nfull",
			"Transfer-Encoding: chunked\r\n\r\nbanana\r\n", "Transfer-Encoding: chunked\r\n\r\n4\r\nfull\r\n" })
	void callIsRetriedWhateverHappensToTheBody(String rest) throws Exception {
		try (RawServer refusing = refusing(rest);
				RawServer good = RawServer.keepingConnections((socket, request) -> RawServer.send(socket, GOOD))) {
			RawService.run(List.of(refusing, good), (client, context) -> {
				for (int n = 0; n < 4; n++) {
					EasResponse<String> answer = call(client);
					assertThat(answer.body()).isEqualTo("ok");
					assertThat(answer.instance().port()).isEqualTo(good.port());
				}
			}, "eas.ejection.enabled=false");
		}
	}

	@Test
	void failureContainsTheStatusAndTheReceivedPartOfTheBody() throws Exception {
		String rest = "Content-Length: 100\r\n\r\nfull";
		try (RawServer first = refusing(rest); RawServer second = refusing(rest)) {
			RawService.run(List.of(first, second),
					(client, context) -> assertThatExceptionOfType(EasException.class).isThrownBy(() -> call(client))
						.withMessageContaining("status 503, the answer says: full"),
					"eas.retry.max-attempts=2", "eas.http.response-timeout=1s");
		}
	}

	@Test
	void bodyOfTheLastAttemptIsWaitedFor() throws Exception {
		RawServer late = RawServer.keepingConnections((socket, request) -> {
			RawServer.send(socket, "HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\n");
			RawServer.pause(1000);
			RawServer.send(socket, "full");
		});
		try (late) {
			RawService.run(List.of(late),
					(client, context) -> assertThatExceptionOfType(EasStatusException.class)
						.isThrownBy(() -> call(client))
						.withMessageContaining("status 503, the answer says: full"),
					"eas.retry.max-attempts=1");
		}
	}

	/** An error says with its status what matters, whatever becomes of its body. */
	@ParameterizedTest
	@CsvSource({ "400, 30000", "404, 50", "500, 50", "403, 30000" })
	void errorIsReportedEvenIfItsBodyIsSlowOrHangs(int status, int pause) throws Exception {
		RawServer instance = RawServer.keepingConnections((socket, request) -> {
			RawServer.send(socket, "HTTP/1.1 " + status + " No\r\nContent-Length: 10000\r\n\r\nno such model");
			for (int n = 0; n < 10_000; n++) {
				RawServer.pause(pause);
				RawServer.send(socket, ".");
			}
		});
		try (instance) {
			RawService.run(List.of(instance), (client, context) -> {
				for (Mono<?> call : List.of(client.get("").retrieve(String.class),
						client.get("").firstEventTimeout(Duration.ofMinutes(1)).retrieveFlux(String.class).then())) {
					assertThatExceptionOfType(EasStatusException.class)
						.isThrownBy(() -> call.block(Duration.ofSeconds(30)))
						.withMessageContaining("status " + status)
						.withMessageContaining("the answer says: no such model");
				}
			}, "eas.http.response-timeout=1s");
		}
	}

	private static EasResponse<String> call(EasClient client) {
		return client.post("").body("[1]").toEntity(String.class).block(Duration.ofSeconds(30));
	}

	private static RawServer refusing(String rest) {
		return RawServer.keepingConnections((socket, request) -> {
			RawServer.send(socket, "HTTP/1.1 503 Busy\r\nContent-Type: text/plain\r\n" + rest);
			RawServer.pause(30_000);
		});
	}

}
