package io.eas.sample.model;

import java.time.Duration;
import java.util.Arrays;

import com.google.protobuf.ByteString;
import io.eas.protobuf.TensorFlowRequest;
import io.eas.protobuf.Tensors;
import io.eas.protobuf.tensorflow.ArrayProto;
import io.eas.protobuf.tensorflow.PredictRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "server.address=127.0.0.1", "eas.server.allow-loopback=true" })
class BadInputTests {

	private static final String SIGNATURE = "predict_images";

	private WebTestClient client;

	@BeforeEach
	void connect(@LocalServerPort int port) {
		this.client = WebTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + port)
			.responseTimeout(Duration.ofMinutes(1))
			.build();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			[1, 2]                | image has 2 numbers, expected 784
			{"image": []}         | image has 0 numbers, expected 784
			{"images": [[1]]}     | images[0] has 1 numbers, expected 784
			{"images": [null]}    | images[0] is null, expected 784 numbers
			{"pixels": [1]}       | neither image nor images, expected {"image": [784 numbers]}
			{"image": [], "images": []} | both image and images, expected one of them
			{"image": null}       | neither image nor images
			{"image": "seven"}    | the JSON cannot be read as an image
			["a"]                 | the JSON cannot be read as an image
			[1, 2                 | the JSON cannot be read as an image
			[1] [2]               | the JSON cannot be read as an image: Trailing token
			[1, NaN]              | the JSON cannot be read as an image
			7                     | neither object nor array
			null                  | neither object nor array
			""")
	void invalidJsonIsExplained(String body, String detail) {
		expectBad(MediaType.APPLICATION_JSON, body, detail);
	}

	@Test
	void pixelOutOfRangeIsNamed() {
		expectBad(MediaType.APPLICATION_JSON, image("-1"), "image[783] is -1.0, expected a number from 0 to 1 or from");
		expectBad(MediaType.APPLICATION_JSON, image("256"), "image[783] is 256.0, expected");
		expectBad(MediaType.APPLICATION_JSON, image("\"NaN\""), "image[783] is NaN, expected");
		expectBad(MediaType.APPLICATION_JSON, image("1e99"), "image[783] is Infinity, expected");
	}

	@Test
	void unknownBodyIsExplained() {
		expectBad(MediaType.APPLICATION_OCTET_STREAM, new byte[783],
				"the body of 783 bytes is neither an image (784 bytes) nor JSON (starts with { or [) nor a TensorFlow");
	}

	@Test
	void missingBodyIsExplained() {
		this.client.post()
			.uri("/api/predict/digits")
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("the body is empty, expected an image as JSON, as 784 bytes or as a TensorFlow PredictRequest");
	}

	@Test
	void unknownSignatureInputOrOutputNamesTheKnownOnes() {
		float[] pixels = new float[784];
		expectBad(TensorFlowRequest.signature("serving_default").input("images", pixels, 1, 784).build(),
				"signature_name is 'serving_default', expected 'predict_images'");
		expectBad(TensorFlowRequest.signature(SIGNATURE).input("image", pixels, 1, 784).build(),
				"input is 'image', expected 'images'");
		expectBad(TensorFlowRequest.signature(SIGNATURE).build(), "the request has no input, expected 'images'");
		expectBad(TensorFlowRequest.signature(SIGNATURE).input("images", pixels, 1, 784).output("logits").build(),
				"output_filter is 'logits', expected 'scores'");
	}

	@Test
	void wrongTypeOrShapeNamesTheExpectedOnes() {
		expectBad(images(Tensors.of(new double[784], 1, 784)), "input 'images' has dtype DT_DOUBLE, expected DT_FLOAT");
		expectBad(images(Tensors.of(new float[784], 28, 28)), "input 'images' has shape [28, 28], expected [n, 784]");
		expectBad(images(Tensors.of(new float[784], 784)), "input 'images' has shape [784], expected [n, 784]");
		expectBad(images(Tensors.of(new float[0], 0, 784)), "expected [n, 784] with n at least 1");
		ArrayProto tensor = Tensors.of(new float[784], 1, 784);
		expectBad(images(tensor.toBuilder().addFloatVal(1).build()), "input 'images' of shape [1, 784] has 785 values");
	}

	@Test
	void pixelOfATensorThatIsNotANumberIsNamed() {
		float[] pixels = new float[2 * 784];
		pixels[784 + 5] = Float.NaN;
		expectBad(images(Tensors.of(pixels, 2, 784)), "images[1][5] is NaN, expected a number");
	}

	@Test
	void refusesTruncatedProtobuf() {
		ByteString cut = images(Tensors.of(new float[784], 1, 784)).toByteString().substring(0, 100);
		expectBad(MediaType.APPLICATION_PROTOBUF, cut.toByteArray(), "nor a TensorFlow PredictRequest");
	}

	private static PredictRequest images(ArrayProto tensor) {
		return TensorFlowRequest.signature(SIGNATURE).input("images", tensor).build();
	}

	private static String image(String last) {
		String[] numbers = new String[784];
		Arrays.fill(numbers, "0");
		numbers[783] = last;
		return Arrays.toString(numbers);
	}

	private void expectBad(PredictRequest request, String detail) {
		expectBad(MediaType.APPLICATION_OCTET_STREAM, request.toByteArray(), detail);
	}

	private void expectBad(MediaType type, Object body, String detail) {
		this.client.post()
			.uri("/api/predict/digits")
			.contentType(type)
			.bodyValue(body)
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.detail")
			.value(String.class, (actual) -> assertThat(actual).contains(detail).doesNotContain("java."));
	}

}
