package io.eas.sample.app;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

import io.eas.protobuf.TensorFlowRequest;
import io.eas.protobuf.Tensors;
import io.eas.protobuf.tensorflow.PredictResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@LocalSample
class PredictControllerTests {

	private WebTestClient client;

	@BeforeEach
	void connect(@LocalServerPort int port) {
		this.client = WebTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + port)
			.responseTimeout(Duration.ofMinutes(1))
			.build();
	}

	@Test
	void forwardsJson() {
		expectSeven(post("mnist", MediaType.APPLICATION_JSON, Images.file("seven.json")));
	}

	@Test
	void forwardsBytes() {
		expectSeven(post("mnist", MediaType.APPLICATION_OCTET_STREAM, PngImage.greys(Images.file("seven.png"))));
	}

	@Test
	void forwardsATensorFlowRequest() throws Exception {
		int[] numbers = Images.numbers();
		float[] pixels = new float[numbers.length];
		for (int i = 0; i < pixels.length; i++) {
			pixels[i] = numbers[i] / 255f;
		}
		byte[] body = TensorFlowRequest.signature("predict_images")
			.input("images", pixels, 1, 784)
			.build()
			.toByteArray();
		byte[] answer = post("mnist", MediaType.APPLICATION_PROTOBUF, body).expectStatus()
			.isOk()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROTOBUF)
			.expectBody(byte[].class)
			.returnResult()
			.getResponseBody();
		PredictResponse response = PredictResponse.parseFrom(Objects.requireNonNull(answer));
		assertThat(Tensors.floats(response.getOutputsOrThrow("scores"))[7]).isBetween(0.9f, 1f);
	}

	@Test
	void refusalByTheServiceIsReturnedUnchanged() {
		post("mnist", MediaType.APPLICATION_JSON, "[1, 2]".getBytes(StandardCharsets.US_ASCII)).expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectHeader()
			.valueEquals("X-Eas-Attempts", 1)
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("image has 2 numbers, expected 784 (28 rows of 28 pixels)");
	}

	@Test
	void anyContentTypeIsForwarded() {
		post("mnist", MediaType.APPLICATION_FORM_URLENCODED, new byte[] { 1 }).expectStatus()
			.isEqualTo(415)
			.expectHeader()
			.exists("X-Eas-Instance")
			.expectBody()
			.jsonPath("$.detail")
			.isNotEmpty();
	}

	@Test
	void emptyBodyIsForwarded() {
		this.client.post()
			.uri("/predict/mnist")
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectHeader()
			.exists("X-Eas-Instance")
			.expectBody()
			.jsonPath("$.detail")
			.isNotEmpty();
	}

	@Test
	void aBodyThatIsTooLargeIsRefused() {
		post("mnist", MediaType.APPLICATION_OCTET_STREAM, new byte[17 << 20]).expectStatus()
			.isEqualTo(413)
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("the body is larger than 16 MB");
	}

	@Test
	void unknownAliasIsNamedWithTheKnownOnes() {
		post("other", MediaType.APPLICATION_JSON, new byte[] { 1 }).expectStatus()
			.isNotFound()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("there is no service 'other'; the services are mnist");
	}

	@Test
	void healthShowsTheServiceWithItsInstancesAndTheAgeOfTheList() {
		this.client.get()
			.uri("/actuator/health")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.components.eas.status")
			.isEqualTo("UP")
			.jsonPath("$.components.eas.components.mnist.details.instances")
			.isEqualTo(1)
			.jsonPath("$.components.eas.components.mnist.details.source")
			.isEqualTo("discovery")
			.jsonPath("$.components.eas.components.mnist.details.ageSeconds")
			.value(Integer.class, (age) -> assertThat(age).isBetween(0, 15));
	}

	private WebTestClient.ResponseSpec post(String alias, MediaType type, byte[] body) {
		return this.client.post().uri("/predict/{alias}", alias).contentType(type).bodyValue(body).exchange();
	}

	private static void expectSeven(WebTestClient.ResponseSpec answer) {
		answer.expectStatus()
			.isOk()
			.expectHeader()
			.contentType(MediaType.APPLICATION_JSON)
			.expectHeader()
			.valueMatches("X-Eas-Instance", "127\\.0\\.0\\.1:\\d+")
			.expectHeader()
			.valueEquals("X-Eas-Attempts", 1)
			.expectBody()
			.jsonPath("$.digit")
			.isEqualTo(7)
			.jsonPath("$.scores.length()")
			.isEqualTo(10);
	}

}
