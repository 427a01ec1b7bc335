package io.eas.sample.app;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@LocalSample
class DigitControllerTests {

	private WebTestClient client;

	@BeforeEach
	void connect(@LocalServerPort int port) {
		this.client = WebTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + port)
			.responseTimeout(Duration.ofMinutes(1))
			.build();
	}

	@Test
	void numbersUpTo255ShowASeven() {
		expectSeven(post(MediaType.APPLICATION_JSON, Images.numbers()));
	}

	@Test
	void numbersUpTo1ShowASeven() {
		double[] numbers = Arrays.stream(Images.numbers()).mapToDouble((number) -> number / 255.0).toArray();
		expectSeven(post(MediaType.APPLICATION_JSON, Map.of("image", numbers)));
	}

	@Test
	void pngOfTheReadmeShowsASeven() {
		expectSeven(post(MediaType.IMAGE_PNG, Images.file("seven.png")));
	}

	@Test
	void pngOfAnotherSizeIsRefused() {
		byte[] png = Images.png(BufferedImage.TYPE_BYTE_GRAY, 27, 29, 0);
		expectProblem(post(MediaType.IMAGE_PNG, png),
				"the PNG has 27 x 29 pixels, expected 28 x 28 with the digit white on black");
	}

	@Test
	void fileOtherThanPngIsRefused() {
		expectProblem(post(MediaType.IMAGE_PNG, "GIF89a".getBytes(StandardCharsets.US_ASCII)),
				"the body is not a PNG that can be read: I/O error reading PNG header!");
	}

	@Test
	void anotherNumberOfPixelsIsRefused() {
		expectProblem(post(MediaType.APPLICATION_JSON, List.of(1, 2)),
				"expected 784 numbers (28 rows of 28 pixels), got 2");
		expectProblem(post(MediaType.APPLICATION_JSON, Map.of("picture", List.of())),
				"expected 784 numbers (28 rows of 28 pixels), got no image");
	}

	@ParameterizedTest
	@CsvSource({ "-1,-1.0", "256,256.0", "null,null", "\"NaN\",NaN" })
	void aNumberOutOfRangeIsRefused(String json, String shown) {
		String body = "[" + String.join(",", Collections.nCopies(783, "0")) + "," + json + "]";
		expectProblem(post(MediaType.APPLICATION_JSON, body),
				"expected numbers from 0 to 1 or from 0 to 255, got " + shown);
	}

	@Test
	void invalidJsonIsRefused() {
		post(MediaType.APPLICATION_JSON, "seven").expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo(400);
	}

	private WebTestClient.ResponseSpec post(MediaType type, Object body) {
		return this.client.post().uri("/digits").contentType(type).bodyValue(body).exchange();
	}

	private static void expectSeven(WebTestClient.ResponseSpec answer) {
		answer.expectStatus()
			.isOk()
			.expectHeader()
			.valueMatches("X-Eas-Instance", "127\\.0\\.0\\.1:\\d+")
			.expectHeader()
			.valueEquals("X-Eas-Attempts", 1)
			.expectBody()
			.jsonPath("$.length()")
			.isEqualTo(2)
			.jsonPath("$.digit")
			.isEqualTo(7)
			.jsonPath("$.confidence")
			.value(Double.class, (confidence) -> assertThat(confidence).isBetween(0.9, 1.0));
	}

	private static void expectProblem(WebTestClient.ResponseSpec answer, String detail) {
		answer.expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo(detail);
	}

}
