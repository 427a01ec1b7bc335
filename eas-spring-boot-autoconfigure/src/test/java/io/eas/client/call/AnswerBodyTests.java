package io.eas.client.call;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import io.eas.client.EasClient;
import io.eas.client.EasCodecException;
import io.eas.client.EasRequest;
import io.eas.client.EasResponse;
import io.eas.client.EasStatusException;
import io.eas.test.RawServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.codec.ServerSentEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Bodies as their headers say they are: compressed or not, in whichever charset, or not
 * wanted.
 */
class AnswerBodyTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final byte[] TEXT = "no such model".getBytes(StandardCharsets.UTF_8);

	static Stream<Arguments> branches() {
		return Stream.of(branch("retrieve", (call) -> call.retrieve(String.class)),
				branch("toEntity", (call) -> call.toEntity(byte[].class)),
				branch("retrieve Void", (call) -> call.retrieve(Void.class)),
				branch("retrieveFlux", (call) -> call.retrieveFlux(String.class)));
	}

	private static Arguments branch(String name, Function<EasRequest, Publisher<?>> call) {
		return Arguments.of(name, call);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("branches")
	void anErrorThatIsCompressedIsShownAsText(String name, Function<EasRequest, Publisher<?>> call) throws Exception {
		for (String status : List.of("404 Not found", "503 Unavailable")) {
			serve(RawService.answer(status + "\r\nContent-Encoding: gzip", gzip(TEXT)),
					(client) -> assertThatExceptionOfType(EasStatusException.class)
						.isThrownBy(() -> Flux.from(call.apply(client.get(""))).blockLast(PATIENCE))
						.withMessageContaining("status " + status.substring(0, 3))
						.withMessageContaining("the answer says: no such model")
						.satisfies((failure) -> assertThat(failure.body()).isEqualTo(TEXT)));
		}
	}

	@Test
	void exchangeReturnsTheBodyAsReceived() throws Exception {
		serve(RawService.answer("404 Not found\r\nContent-Encoding: gzip", gzip(TEXT)), (client) -> {
			EasResponse<byte[]> answer = client.get("").exchange().block(PATIENCE);
			assertThat(answer.body()).isEqualTo(gzip(TEXT));
			assertThat(answer.headers().getFirst("Content-Encoding")).isEqualTo("gzip");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "gzip", "br", "gzip, br" })
	void errorWithAnInvalidEncodingIsStillReported(String encoding) throws Exception {
		serve(RawService.answer("404 Not found\r\nContent-Encoding: " + encoding, TEXT),
				(client) -> assertThatExceptionOfType(EasStatusException.class)
					.isThrownBy(() -> client.get("").retrieve(String.class).block(PATIENCE))
					.withMessageContaining("status 404")
					.withMessageContaining("its body can't be shown: ")
					.withMessageContaining(encoding)
					.satisfies((failure) -> assertThat(failure.body()).isEqualTo(TEXT)));
	}

	@Test
	void errorWhoseBodyIsTooLargeOnceDecompressedShowsItsBeginning() throws Exception {
		serve(RawService.answer("400 Bad\r\nContent-Encoding: gzip",
				gzip("x".repeat(5000).getBytes(StandardCharsets.UTF_8))),
				(client) -> assertThatExceptionOfType(EasStatusException.class)
					.isThrownBy(() -> client.get("").retrieve(String.class).block(PATIENCE))
					.withMessageContaining("status 400, the answer says: " + "x".repeat(200) + "…")
					.satisfies((failure) -> assertThat(failure.body()).hasSizeLessThan(100)),
				"eas.http.max-in-memory-size=1KB");
	}

	@Test
	void anErrorInAnotherCharsetIsShownAsText() throws Exception {
		serve(RawService.answer("400 Bad\r\nContent-Type: text/plain;charset=GBK",
				"参数错误".getBytes(Charset.forName("GBK"))),
				(client) -> assertThatExceptionOfType(EasStatusException.class)
					.isThrownBy(() -> client.get("").retrieve(String.class).block(PATIENCE))
					.withMessageContaining("参数错误"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "identity", " identity ", "IDENTITY, ", "," })
	void emptyOrIdentityEncodingIsIgnored(String encoding) throws Exception {
		serve(RawService.answer("200 OK\r\nContent-Encoding: " + encoding, TEXT), (client) -> {
			assertThat(client.get("").retrieve(String.class).block(PATIENCE)).isEqualTo("no such model");
			assertThat(client.get("").retrieveFlux(String.class).blockLast(PATIENCE)).isEqualTo("no such model");
		});
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "gzip", "GZIP", " x-gzip ", "gzip, identity", "identity,gzip", "gzip\r\nContent-Encoding: " })
	void encodingNamesAreCaseInsensitive(String encoding) throws Exception {
		serve(RawService.answer("200 OK\r\nContent-Encoding: " + encoding, gzip(TEXT)), (client) -> {
			assertThat(client.get("").retrieve(String.class).block(PATIENCE)).isEqualTo("no such model");
			assertThat(client.get("").retrieve(byte[].class).block(PATIENCE)).isEqualTo(TEXT);
		});
	}

	@Test
	void multipleEncodingsAreDecoded() throws Exception {
		serve(RawService.answer("200 OK\r\nContent-Encoding: gzip, gzip", gzip(gzip(TEXT))),
				(client) -> assertThat(client.get("").retrieve(String.class).block(PATIENCE))
					.isEqualTo("no such model"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "image/png", "application/json", "text/plain;charset=no-such",
			"text/plain\r\nContent-Encoding: br" })
	void unusedBodyIsDiscarded(String type) throws Exception {
		serve(RawService.answer("200 OK\r\nContent-Type: " + type, "{not json"), (client) -> {
			assertThat(client.get("").retrieve(Void.class).blockOptional(PATIENCE)).isEmpty();
			assertThat(client.get("").retrieve(new ParameterizedTypeReference<Void>() {
			}).blockOptional(PATIENCE)).isEmpty();
			EasResponse<Void> answer = client.get("").toEntity(Void.class).block(PATIENCE);
			assertThat(answer.status().value()).isEqualTo(200);
			assertThat(answer.body()).isNull();
			assertThat(client.get("").retrieveFlux(Void.class).collectList().block(PATIENCE)).isEmpty();
		});
	}

	@Test
	void unusedBodyMayHaveAnySize() throws Exception {
		serve(RawService.answer("200 OK", "x".repeat(100_000)), (client) -> {
			assertThat(client.get("").retrieve(Void.class).blockOptional(PATIENCE)).isEmpty();
			assertThat(client.get("").toEntity(Void.class).block(PATIENCE).body()).isNull();
			assertThatExceptionOfType(EasCodecException.class)
				.isThrownBy(() -> client.get("").retrieve(String.class).block(PATIENCE));
		}, "eas.http.max-in-memory-size=10KB");
	}

	@ParameterizedTest
	@CsvSource({ "GBK,application/json", "GB18030,text/plain", "ISO-8859-1,application/json",
			"UTF-16LE,application/json", "UTF-16BE,application/json", "UTF-16,application/json",
			"UTF-8,application/json", "windows-1252,text/json", "Big5,application/octet-stream" })
	void jsonIsDecodedInItsCharset(String charset, String type) throws Exception {
		String name = charset.matches("ISO.*|windows.*") ? "Müller" : "中文";
		byte[] body = ("{\"name\":\"" + name + "\"}").getBytes(Charset.forName(charset));
		serve(RawService.answer("200 OK\r\nContent-Type: " + type + ";charset=" + charset, body),
				(client) -> assertThat(client.get("").retrieve(Named.class).block(PATIENCE))
					.isEqualTo(new Named(name)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "GBK", "UTF-16LE", "UTF-8" })
	void streamIsDecodedInItsCharset(String charset) throws Exception {
		Charset named = Charset.forName(charset);
		byte[] lines = "{\"name\":\"中\"}\n{\"name\":\"文\"}\n".getBytes(named);
		serve(byteByByte("application/x-ndjson;charset=" + charset, lines),
				(client) -> assertThat(client.get("").retrieveFlux(Named.class).collectList().block(PATIENCE))
					.containsExactly(new Named("中"), new Named("文")));
		byte[] events = "data: {\"name\":\"中\"}\n\ndata: {\"name\":\"文\"}\n\n".getBytes(named);
		serve(byteByByte("text/event-stream;charset=" + charset, events), (client) -> {
			assertThat(client.get("").retrieveFlux(Named.class).collectList().block(PATIENCE))
				.containsExactly(new Named("中"), new Named("文"));
			assertThat(client.get("").retrieveFlux(new ParameterizedTypeReference<ServerSentEvent<String>>() {
			}).map(ServerSentEvent::data).collectList().block(PATIENCE)).containsExactly("{\"name\":\"中\"}",
					"{\"name\":\"文\"}");
		});
	}

	/** Each byte in a chunk of its own. */
	private static String byteByByte(String type, byte[] body) {
		StringBuilder answer = new StringBuilder(
				"HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\nContent-Type: " + type
						+ "\r\n\r\n");
		for (byte next : body) {
			answer.append("1\r\n").append((char) (next & 0xFF)).append("\r\n");
		}
		return answer.append("0\r\n\r\n").toString();
	}

	@ParameterizedTest
	@ValueSource(strings = { "no-such-charset", "x!y" })
	void messageNamesUnknownCharset(String charset) throws Exception {
		serve(RawService.answer("200 OK\r\nContent-Type: application/json;charset=" + charset, "{\"name\":\"a\"}"),
				(client) -> {
					for (Function<EasRequest, Publisher<?>> call : List.<Function<EasRequest, Publisher<?>>>of(
							(request) -> request.retrieve(Named.class), (request) -> request.retrieve(String.class),
							(request) -> request.retrieveFlux(Named.class))) {
						assertThatExceptionOfType(EasCodecException.class)
							.isThrownBy(() -> Flux.from(call.apply(client.get(""))).blockLast(PATIENCE))
							.withMessageContaining("'" + charset + "'");
					}
					assertThat(client.get("").retrieve(byte[].class).block(PATIENCE)).isNotEmpty();
					assertThat(client.get("").retrieveFlux(byte[].class).blockLast(PATIENCE)).isNotEmpty();
				});
	}

	private static void serve(String answer, Consumer<EasClient> test, String... properties) throws IOException {
		try (RawServer server = RawServer.answering(answer)) {
			RawService.run(List.of(server), (client, context) -> test.accept(client), properties);
		}
	}

	private static byte[] gzip(byte[] bytes) {
		ByteArrayOutputStream compressed = new ByteArrayOutputStream();
		try (OutputStream gzip = new GZIPOutputStream(compressed)) {
			gzip.write(bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return compressed.toByteArray();
	}

	record Named(String name) {
	}

}
