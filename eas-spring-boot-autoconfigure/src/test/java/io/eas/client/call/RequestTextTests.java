package io.eas.client.call;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.eas.client.EasClient;
import io.eas.client.EasCodecException;
import io.eas.test.RawServer;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a caller gives goes out as it is, or not at all.
 */
class RequestTextTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	@Test
	void aHeaderThatCannotBeSentIsRefusedWithItsCharacter() throws Exception {
		with((client) -> {
			assertThatIllegalArgumentException().isThrownBy(() -> client.get("").header("X-User", "张三"))
				.withMessageContaining("X-User")
				.withMessageContaining("'张' (U+5F20)");
			assertThatIllegalArgumentException().isThrownBy(() -> client.get("").header("X-User", "ok", "müller"))
				.withMessageContaining("'ü' (U+00FC)");
			assertThatIllegalArgumentException().isThrownBy(() -> client.get("").header("X-User", "a\r\nX-Other: b"))
				.withMessageContaining("U+000D");
			assertThatIllegalArgumentException().isThrownBy(() -> client.get("").header("X-User", "a\uD83D"))
				.withMessageContaining("U+D83D");
			assertThatIllegalArgumentException().isThrownBy(() -> client.get("").header("X-User", "\uD83D\uDE00"))
				.withMessageContaining("U+1F600");
		}, "");
	}

	@Test
	void theNameOfAHeaderIsAToken() throws Exception {
		with((client) -> {
			for (String name : List.of("", "X User", "X-Üser", "X-\u0141", "X:Y", "X\n")) {
				assertThatIllegalArgumentException().as(name)
					.isThrownBy(() -> client.get("").header(name, "a"))
					.withMessageContaining(
							"can't be set by a call: its name " + (name.isEmpty() ? "is empty" : "has "));
			}
			assertThatIllegalArgumentException().isThrownBy(() -> client.get("").header("X User", "a"))
				.withMessage("The header 'X User' can't be set by a call: its name has the character ' ' (U+0020)");
			assertThatIllegalArgumentException().isThrownBy(() -> client.get("").header("Host", "a"))
				.withMessage("The header 'Host' can't be set by a call: the client sets it itself");
		}, "");
	}

	@Test
	void aMethodIsAToken() throws Exception {
		with((client) -> {
			assertThatIllegalArgumentException().isThrownBy(() -> client.method(HttpMethod.valueOf("A B"), "/x"))
				.withMessage("The method 'A B' can't be sent: it has the character ' ' (U+0020)");
			assertThatIllegalArgumentException().isThrownBy(() -> client.method(HttpMethod.valueOf(""), "/x"))
				.withMessage("The method '' can't be sent: it is empty");
		}, "");
	}

	@Test
	void theParametersOfAMediaTypeAreSentAsTheyAre() throws Exception {
		MediaType named = new MediaType("text", "plain", Map.of("name", "\"张\""));
		with((client) -> {
			assertThatIllegalArgumentException().isThrownBy(() -> client.post("").contentType(named))
				.withMessageContaining("Content-Type")
				.withMessageContaining("U+5F20");
			assertThatIllegalArgumentException()
				.isThrownBy(() -> client.post("").header("Content-Type", "text/plain;name=\"张\""));
			assertThatIllegalArgumentException().isThrownBy(() -> client.post("").accept(named))
				.withMessageContaining("accept");
		}, "");
	}

	@Test
	void theHashKeyOfAHeaderIsCheckedLikeTheHeader() throws Exception {
		with((client) -> assertThatIllegalArgumentException().isThrownBy(() -> client.get("").header("X-Session", "会话"))
			.withMessageContaining("X-Session"), "eas.load-balancer.hash-header=X-Session");
	}

	@Test
	void textThatTheCharsetCannotEncodeFailsTheCall() throws Exception {
		with((client) -> assertThatExceptionOfType(EasCodecException.class)
			.isThrownBy(() -> client.post("")
				.contentType(MediaType.parseMediaType("text/plain;charset=ISO-8859-1"))
				.body("张三")
				.retrieve(String.class)
				.block(PATIENCE))
			.withMessageContaining("ISO-8859-1"), "");
	}

	@Test
	void validTextArrivesUnchanged() throws Exception {
		try (RawServer server = RawServer.answering(RawService.answer("200 OK", "ok"))) {
			RawService.run(List.of(server), (client, context) -> {
				client.get("/v1/..hidden/a;b=1")
					.query("name", "张三")
					.header("X-User", "%E5%BC%A0%E4%B8%89", "tab\there")
					.header("x-list", "a, b;q=\"1\"")
					.retrieve(String.class)
					.block(PATIENCE);
				assertThat(server.requests()).singleElement()
					.asString()
					.startsWith("GET /api/predict/raw/v1/..hidden/a;b=1?name=%E5%BC%A0%E4%B8%89 HTTP/1.1\r\n")
					.contains("X-User: %E5%BC%A0%E4%B8%89\r\n", "X-User: tab\there\r\n", "x-list: a, b;q=\"1\"\r\n");
			});
		}
	}

	private static void with(Consumer<EasClient> test, String property) throws Exception {
		try (RawServer server = RawServer.answering(RawService.answer("200 OK", "ok"))) {
			RawService.run(List.of(server), (client, context) -> {
				test.accept(client);
				assertThat(server.requests()).isEmpty();
			}, property.isEmpty() ? new String[0] : new String[] { property });
		}
	}

}
