package io.eas.emulator;

import java.io.IOException;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What callers see of the faults of streams: each event is an HTTP chunk of its own.
 */
class StreamFaultTests {

	private static final String CHAT = "/v1/chat/completions";

	private static final String QUESTION = """
			{"model":"qwen","stream":true,"max_tokens":64,"ignore_eos":true,"messages":[{"role":"user","content":"hi"}]}""";

	private final EasEmulator eas = EasEmulator.builder()
		.service("chat",
				(service) -> service.instance((instance) -> instance.llm("qwen",
						(engine) -> engine.prefillRate(1e6).step(Duration.ofMillis(1), Duration.ZERO))))
		.build()
		.start();

	private final EmulatedInstance instance = this.eas.service("chat").instance(0);

	@AfterEach
	void close() {
		this.eas.close();
	}

	private RawCall call() throws IOException {
		return new RawCall(this.instance.port()).post(CHAT, QUESTION);
	}

	/** All bytes until the end or the reset, as Latin-1; then which of them it was. */
	private static String readAll(RawCall call) throws IOException {
		StringBuilder text = new StringBuilder();
		try {
			while (true) {
				String next = call.read(1);
				if (next.isEmpty()) {
					return text.append("<closed>").toString();
				}
				text.append(next);
			}
		}
		catch (SocketException ex) {
			return text.append("<reset>").toString();
		}
	}

	private static int events(String text) {
		return text.split("data: ", -1).length - 1;
	}

	@Test
	void abortedStreamHasItsHeadersAndNoEvent() throws Exception {
		this.instance.abort(0);
		try (RawCall call = call()) {
			String all = readAll(call);
			assertThat(all).startsWith("HTTP/1.1 200 OK").endsWith("<reset>");
			assertThat(events(all)).isZero();
		}
	}

	@Test
	void abortedStreamEndsAfterAsManyEvents() throws Exception {
		this.instance.abort(3);
		try (RawCall call = call()) {
			String all = readAll(call);
			assertThat(all).endsWith("<reset>").doesNotContain("[DONE]");
			assertThat(events(all)).isEqualTo(3);
		}
		assertThat(this.instance.fault()).isEqualTo("abort after 3");
	}

	@Test
	void stalledStreamStaysOpenWithoutFurtherEvents() throws Exception {
		this.instance.stall(2);
		try (RawCall call = call()) {
			String head = "";
			while (events(head) < 2 || !head.endsWith("\n\n\r\n")) {
				head += call.read(1);
			}
			assertThat(call.staysSilent(300)).isTrue();
		}
	}

	@Test
	void streamEndsWithAnErrorAsAnEvent() throws Exception {
		this.instance.error(2);
		String body = Http.post(this.instance.address(), CHAT, QUESTION).body();
		assertThat(events(body)).isEqualTo(4);
		assertThat(body).contains("data: {\"error\":{").endsWith("}}\n\ndata: [DONE]\n\n");
	}

	@Test
	void wholeAnswerIsReplacedByAnErrorStatus() throws Exception {
		this.instance.error(2);
		HttpResponse<String> response = Http.post(this.instance.address(), CHAT,
				QUESTION.replace("\"stream\":true", "\"stream\":false"));
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.body()).contains("the engine failed on demand");
	}

	@Test
	void chunksEndInsideOfCharacters() throws Exception {
		this.instance.split();
		String whole = Http.post(this.instance.address(), CHAT, QUESTION).body();
		assertThat(whole).contains("你好").endsWith("[DONE]\n\n");
		try (RawCall call = call()) {
			String first = new String("你".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
			String all = readAll(call);
			assertThat(all).doesNotContain(first).contains(first.charAt(0) + "\r\n1\r\n" + first.charAt(1) + "\r\n");
		}
	}

	@Test
	void splitAnswerIsTheSameAsAWholeOne() throws Exception {
		String plain = QUESTION.replace("\"stream\":true", "\"stream\":false");
		String text = content(Http.post(this.instance.address(), CHAT, plain).body());
		this.instance.split();
		assertThat(content(Http.post(this.instance.address(), CHAT, plain).body())).isEqualTo(text);
	}

	private static String content(String answer) {
		return answer.substring(answer.indexOf("\"choices\""), answer.indexOf("\"usage\""));
	}

	@Test
	void healedInstanceAnswersWholeStreams() throws Exception {
		this.instance.abort(0);
		this.instance.heal();
		assertThat(Http.post(this.instance.address(), CHAT, QUESTION).body()).endsWith("[DONE]\n\n");
	}

	@Test
	void numberOfEventsIsNotNegative() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.instance.stall(-1))
			.withMessage("the number of events must be 0 or more, was -1");
	}

}
