package io.eas.client.call;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

import io.eas.client.EasClient;
import io.eas.client.EasClients;
import io.eas.client.EasCodecException;
import io.eas.client.EasResponse;
import io.eas.client.EasStatusException;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.EmulatedRequest;
import io.eas.emulator.EmulatedResponse;
import io.eas.protobuf.tensorflow.PredictRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * What a caller sees of a service that is well, over real sockets, with the token
 * checked.
 */
class EasClientTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static EasEmulator eas;

	@BeforeAll
	static void start() {
		eas = LocalEas.start(EasClientTests::answer, 1, 10, 1000);
	}

	@AfterAll
	static void stop() {
		eas.close();
	}

	private static Mono<EmulatedResponse> answer(EmulatedRequest request) {
		if (request.path().endsWith("/seen")) {
			String seen = request.method() + " " + request.uri() + " " + request.header("Content-Type") + " "
					+ request.header("Accept") + " " + request.headers("X-Tag") + " "
					+ request.header("Content-Length");
			return Mono.just(EmulatedResponse.text(200, seen));
		}
		if (request.path().endsWith("/nothing")) {
			return Mono.just(EmulatedResponse.bytes(204, new byte[0], "text/plain"));
		}
		return Mono.just(EmulatedResponse.bytes(200, request.body(), request.header("Content-Type")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "signature", "token", "bearer" })
	void authenticatesWithEachSchemeForEachMethodPathAndQuery(String scheme) {
		withClient((client) -> {
			for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH,
					HttpMethod.DELETE)) {
				String seen = client.method(method, "/a b/seen")
					.query("q", "ä&b")
					.retrieve(String.class)
					.block(PATIENCE);
				assertThat(seen).startsWith(method + " /api/predict/echo/a%20b/seen?q=%C3%A4%26b ");
			}
			assertThat(client.predict("with a body", String.class).block(PATIENCE)).isEqualTo("with a body");
		}, "eas.auth.scheme=" + scheme);
	}

	@Test
	void wrongTokenIsRejected() {
		withClient((client) -> assertThatExceptionOfType(EasStatusException.class)
			.isThrownBy(() -> client.predict("{}", String.class).block(PATIENCE))
			.satisfies((failure) -> assertThat(failure.status().value()).isEqualTo(401))
			.withMessageContaining("the token or auth.scheme is wrong")
			.withMessageNotContaining("wrong-token"), "eas.services.echo.token=wrong-token");
	}

	@Test
	void sendsAndReadsJson() {
		withClient((client) -> {
			assertThat(client.predict(new Image(7, "x"), Image.class).block(PATIENCE)).isEqualTo(new Image(7, "x"));
			assertThat(client.post("")
				.body(List.of(new Image(1, "a")))
				.retrieve(new ParameterizedTypeReference<List<Image>>() {
				})
				.block(PATIENCE)).containsExactly(new Image(1, "a"));
		});
	}

	@Test
	void sendsAndReadsTextBytesAndProtobuf() {
		withClient((client) -> {
			assertThat(client.predict("[{\"money_credit\": 3000000}]", String.class).block(PATIENCE))
				.isEqualTo("[{\"money_credit\": 3000000}]");
			assertThat(client.predict(new byte[] { 0, -1, 7 }, byte[].class).block(PATIENCE)).containsExactly(0, -1, 7);
			PredictRequest message = PredictRequest.newBuilder().setSignatureName("predict_images").build();
			assertThat(client.predict(message, PredictRequest.class).block(PATIENCE)).isEqualTo(message);
		});
	}

	@Test
	void sendsHeadersAndTypes() {
		withClient((client) -> {
			String seen = client.post("/seen")
				.header("X-Tag", "1", "2")
				.contentType(MediaType.APPLICATION_XML)
				.accept(MediaType.TEXT_PLAIN, MediaType.TEXT_HTML)
				.body("<a/>")
				.retrieve(String.class)
				.block(PATIENCE);
			assertThat(seen).isEqualTo("POST /api/predict/echo/seen application/xml text/plain, text/html [1, 2] 4");
			assertThat(client.post("/seen").retrieve(String.class).block(PATIENCE)).endsWith("[] 0");
		});
	}

	@Test
	void returnsTheResponseWithStatusHeadersInstanceAndAttempts() {
		withClient((client) -> {
			EasResponse<Image> answer = client.post("").body(new Image(7, "x")).toEntity(Image.class).block(PATIENCE);
			assertThat(answer.status().value()).isEqualTo(200);
			assertThat(answer.headers().getContentType()).isEqualTo(MediaType.APPLICATION_JSON);
			assertThat(answer.body()).isEqualTo(new Image(7, "x"));
			assertThat(eas.service("echo").instances()).extracting(EmulatedInstance::address)
				.contains(answer.instance().address());
			assertThat(answer.attempts()).isEqualTo(1);
		});
	}

	@Test
	void returnsNothingIfThereIsNoBody() {
		withClient((client) -> {
			assertThat(client.get("/nothing").retrieve(String.class).blockOptional(PATIENCE)).isEmpty();
			EasResponse<Image> answer = client.get("/nothing").toEntity(Image.class).block(PATIENCE);
			assertThat(answer.status().value()).isEqualTo(204);
			assertThat(answer.body()).isNull();
			assertThat(client.get("/nothing").exchange().block(PATIENCE).body()).isEmpty();
		});
	}

	@Test
	void spreadsCallsExactlyByWeight() {
		withClient((client) -> {
			Map<Integer, Integer> calls = new HashMap<>();
			List<Integer> ports = Flux.range(0, 2 * (1 + 10 + 1000))
				.flatMap((i) -> client.get("").toEntity(String.class).map((answer) -> answer.instance().port()), 16)
				.collectList()
				.block(Duration.ofMinutes(2));
			ports.forEach((port) -> calls.merge(port, 1, Integer::sum));
			assertThat(calls).containsEntry(eas.service("echo").instance(0).port(), 2)
				.containsEntry(eas.service("echo").instance(1).port(), 20)
				.containsEntry(eas.service("echo").instance(2).port(), 2000);
		});
	}

	@Test
	void aCallIsMadeForEachSubscription() {
		withClient((client) -> {
			Mono<String> call = client.predict("again", String.class);
			assertThat(Flux.concat(call, call).collectList().block(PATIENCE)).containsExactly("again", "again");
		});
	}

	@Test
	void failureNamesWhatCannotBeEncodedOrDecoded() {
		withClient((client) -> {
			assertThatExceptionOfType(EasCodecException.class)
				.isThrownBy(() -> client.post("")
					.contentType(MediaType.IMAGE_PNG)
					.body(new Image(1, ""))
					.exchange()
					.block(PATIENCE))
				.withMessageContaining("can't be written")
				.withMessageContaining("image/png");
			assertThatExceptionOfType(EasCodecException.class)
				.isThrownBy(() -> client.predict("{", Image.class).block(PATIENCE))
				.withMessageContaining("can't be read");
		});
	}

	@Test
	void callsServicesOfSeveralEndpointsAndTokensFromOneApplication() {
		try (EasEmulator other = EasEmulator.builder()
			.admin(false)
			.service("echo", (service) -> service.token("another")
				.instance((instance) -> instance.handler((request) -> Mono.just(EmulatedResponse.text(200, "other")))))
			.build()
			.start()) {
			LocalEas
				.application(eas, "eas.services.elsewhere.endpoint=" + other.endpoint(),
						"eas.services.elsewhere.service-name=echo", "eas.services.elsewhere.token=another")
				.run((context) -> {
					EasClients clients = context.getBean(EasClients.class);
					assertThat(clients.get("echo").predict("here", String.class).block(PATIENCE)).isEqualTo("here");
					assertThat(clients.get("elsewhere").predict("here", String.class).block(PATIENCE))
						.isEqualTo("other");
				});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "gzip", "zlib" })
	void compressesBodiesBeforeTheyAreSigned(String compression) {
		withClient((client) -> {
			byte[] sent = client.predict("hello", byte[].class).block(PATIENCE);
			assertThatNoException().isThrownBy(() -> {
				try (InputStream in = compression.equals("gzip") ? new GZIPInputStream(new ByteArrayInputStream(sent))
						: new InflaterInputStream(new ByteArrayInputStream(sent))) {
					assertThat(in.readAllBytes()).asString().isEqualTo("hello");
				}
			});
			assertThat(client.get("/seen").retrieve(byte[].class).block(PATIENCE)).isNotEmpty();
		}, "eas.http.request-compression=" + compression);
	}

	@Test
	void contentTypeMayBeSetAsAHeader() {
		withClient((client) -> assertThat(client.post("/seen")
			.header("content-type", "text/plain")
			.body("abc")
			.retrieve(String.class)
			.block(PATIENCE)).contains(" text/plain "));
	}

	@Test
	void rejectsValuesThatWouldBeSentIncorrectly() {
		withClient((client) -> {
			assertThatIllegalArgumentException().isThrownBy(() -> client.post("").body(Mono.just("x")))
				.withMessageContaining("flatMap");
			assertThatIllegalArgumentException().isThrownBy(() -> client.get("").header("authorization", "mine"));
		});
	}

	@Test
	void rejectsHeadersThatWouldBreakTheRequest() {
		withClient((client) -> {
			assertThatIllegalArgumentException().isThrownBy(() -> client.get("").header("X", "a\r\nY: b"));
			assertThatIllegalArgumentException().isThrownBy(() -> client.get("").header("X Y", "a"));
			assertThatIllegalArgumentException().isThrownBy(() -> client.get("").header("content-length", "1"));
			assertThatIllegalArgumentException().isThrownBy(() -> client.get("").timeout(Duration.ZERO));
		});
	}

	private static void withClient(Consumer<EasClient> test, String... properties) {
		LocalEas.application(eas, properties).run((context) -> test.accept(context.getBean(EasClient.class)));
	}

	record Image(int pixel, String name) {
	}

}
