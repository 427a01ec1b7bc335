package io.eas.sample.model;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import io.eas.protobuf.TensorFlowRequest;
import io.eas.protobuf.Tensors;
import io.eas.protobuf.tensorflow.ArrayProto;
import io.eas.protobuf.tensorflow.PredictResponse;
import io.eas.sample.model.network.Network;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "server.address=127.0.0.1", "eas.server.allow-loopback=true" })
class PredictControllerTests {

	private final JsonMapper json = new JsonMapper();

	private WebTestClient client;

	@BeforeEach
	void connect(@LocalServerPort int port) {
		this.client = WebTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + port)
			.responseTimeout(Duration.ofMinutes(1))
			.build();
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "text/plain", "text/plain;charset=UTF-8", "application/octet-stream" })
	void classifiesAnImageInJson(String type) {
		String body = "{\"image\": " + this.json.writeValueAsString(TestDigits.ALL.pixels(0)) + "}";
		expectDigit(post("/api/predict/digits", MediaType.valueOf(type), body), TestDigits.ALL.label(0));
	}

	@Test
	void classifiesABareArray() {
		String body = this.json.writeValueAsString(TestDigits.ALL.pixels(1));
		expectDigit(post("/api/predict/digits", MediaType.APPLICATION_JSON, body), TestDigits.ALL.label(1));
	}

	@Test
	void takesNumbersUpTo255AsGreyValues() {
		int[] greys = new int[Network.PIXELS];
		Arrays.setAll(greys, (i) -> TestDigits.ALL.image(2)[i] & 0xff);
		String body = this.json.writeValueAsString(greys);
		expectDigit(post("/api/predict/digits", MediaType.APPLICATION_JSON, body), TestDigits.ALL.label(2));
	}

	@Test
	void classifiesSeveralImagesInOrder() {
		float[][] images = { TestDigits.ALL.pixels(0), TestDigits.ALL.pixels(1) };
		String body = "{\"images\": " + this.json.writeValueAsString(images) + "}";
		post("/api/predict/digits", MediaType.APPLICATION_JSON, body).expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.predictions[*].digit")
			.isEqualTo(List.of(TestDigits.ALL.label(0), TestDigits.ALL.label(1)));
	}

	@Test
	void classifiesBytesForAnyServiceNameAndPath() {
		for (String path : new String[] { "/api/predict/digits", "/api/predict/a_b/v1/c", "/api/predict/a?x=1" }) {
			expectDigit(post(path, MediaType.APPLICATION_OCTET_STREAM, TestDigits.ALL.image(3)),
					TestDigits.ALL.label(3));
		}
	}

	@Test
	void takesABodyWithoutATypeAsBytes() {
		expectDigit(this.client.post()
			.uri("/api/predict/digits")
			.headers((headers) -> headers.remove("Content-Type"))
			.bodyValue(TestDigits.ALL.image(4))
			.exchange(), TestDigits.ALL.label(4));
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/octet-stream", "application/x-protobuf" })
	void answersTheRequestOfThePythonExample(String type) throws Exception {
		float[] ones = new float[Network.PIXELS];
		Arrays.fill(ones, 1);
		byte[] body = TensorFlowRequest.signature("predict_images").input("images", ones, 1, 784).build().toByteArray();
		ArrayProto scores = scores(MediaType.valueOf(type), body);
		assertThat(Tensors.shape(scores)).containsExactly(1, 10);
		assertThat(Tensors.floats(scores)).containsExactly(TestDigits.NETWORK.scores(ones));
	}

	@Test
	void answersATensorOfSeveralImagesInOrder() throws Exception {
		float[] pixels = new float[2 * Network.PIXELS];
		System.arraycopy(TestDigits.ALL.pixels(0), 0, pixels, 0, Network.PIXELS);
		System.arraycopy(TestDigits.ALL.pixels(1), 0, pixels, Network.PIXELS, Network.PIXELS);
		byte[] body = TensorFlowRequest.signature("predict_images")
			.input("images", pixels, 2, 784)
			.output("scores")
			.build()
			.toByteArray();
		float[] scores = Tensors.floats(scores(MediaType.APPLICATION_PROTOBUF, body));
		assertThat(Network.best(Arrays.copyOfRange(scores, 0, 10))).isEqualTo(TestDigits.ALL.label(0));
		assertThat(Network.best(Arrays.copyOfRange(scores, 10, 20))).isEqualTo(TestDigits.ALL.label(1));
	}

	@Test
	void allowsPostOnly() {
		this.client.get()
			.uri("/api/predict/digits")
			.exchange()
			.expectStatus()
			.isEqualTo(405)
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo(405);
	}

	@Test
	void unsupportedTypeNamesTheSupportedOnes() {
		post("/api/predict/digits", MediaType.IMAGE_PNG, new byte[] { 1 }).expectStatus()
			.isEqualTo(415)
			.expectHeader()
			.value("Accept", (types) -> assertThat(types).contains("application/octet-stream"))
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("Content-Type 'image/png' is not supported.");
	}

	private ArrayProto scores(MediaType type, byte[] body) throws Exception {
		byte[] answer = post("/api/predict/digits", type, body).expectStatus()
			.isOk()
			.expectHeader()
			.contentType(type)
			.expectBody(byte[].class)
			.returnResult()
			.getResponseBody();
		return PredictResponse.parseFrom(Objects.requireNonNull(answer)).getOutputsOrThrow("scores");
	}

	private WebTestClient.ResponseSpec post(String path, MediaType type, Object body) {
		return this.client.post().uri(path).contentType(type).bodyValue(body).exchange();
	}

	private static void expectDigit(WebTestClient.ResponseSpec answer, int digit) {
		answer.expectStatus()
			.isOk()
			.expectHeader()
			.contentType(MediaType.APPLICATION_JSON)
			.expectBody()
			.jsonPath("$.digit")
			.isEqualTo(digit)
			.jsonPath("$.confidence")
			.value(Double.class, (confidence) -> assertThat(confidence).isBetween(0.5, 1.0))
			.jsonPath("$.scores.length()")
			.isEqualTo(10);
	}

}
