package io.eas.emulator;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an instance makes of a request's Authorization, as the vendor's engine does.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenTests {

	private final EasEmulator eas = EasEmulator.builder()
		.service("echo", (service) -> service.token("abc").instance((i) -> i.weight(1)))
		.service("open", (service) -> service.instance((i) -> i.weight(1)))
		.build();

	@BeforeAll
	void start() {
		this.eas.start();
	}

	@AfterAll
	void close() {
		this.eas.close();
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`',
			textBlock = """
					{}      | application/octet-stream | /api/predict/echo                         | VWzHDG05q30WzNgRDYDQGdVI2I0=
					{}      | application/json         | /api/predict/echo                         | al6TzfaGqJMnq3Lts34//Dxnmz4=
					{}      | application/octet-stream | /api/predict/echo/v1/chat/completions?a=1 | D87mC/llafHHIk4k/cm23lSChBw=
					``      | application/octet-stream | /api/predict/echo                         | TrfuLpQg/3qiv1gf0EN4NYiMznE=
					{"n":1} | application/octet-stream | /api/predict/echo                         | OpmSdemB7M07S0+VRtcR5tDbKgc=
					""",
			delimiter = '|')
	void vendorSignaturesAreAcceptedDirectlyAndThroughTheGateway(String body, String contentType, String uri,
			String signature) throws Exception {
		String direct = this.eas.service("echo").instance(0).address();
		assertThat(signed(direct, uri, body, contentType, signature).statusCode()).isEqualTo(200);
		assertThat(signed(this.eas.endpoint(), uri, body, contentType, signature).statusCode()).isEqualTo(200);
	}

	@Test
	void digestWithoutLeadingZerosAsInTheVendorsJavaSdkIsAccepted() throws Exception {
		HttpRequest.Builder request = Http.request(this.eas.endpoint(), "/api/predict/echo")
			.POST(BodyPublishers.ofString("{\"n\":1}"))
			.header("Content-Type", "application/octet-stream")
			.header("Date", "Mon, 01 Jan 2024 00:00:00 GMT")
			.header("Content-MD5", "82c26c8a6bc75226a31da5495cc9292")
			.header("Authorization", "EAS 7R1Coia1AYdnXBdZGVut+bMmczw=");
		assertThat(Http.send(request).statusCode()).isEqualTo(200);
	}

	@Test
	void signatureOfAnotherBodyIsRefused() throws Exception {
		HttpResponse<String> response = signed(this.eas.endpoint(), "/api/predict/echo", "{ }",
				"application/octet-stream", "VWzHDG05q30WzNgRDYDQGdVI2I0=");
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.body()).isEqualTo("{\"error\":\"the signature doesn't match\"}");
	}

	@ParameterizedTest
	@CsvSource({ "abc,200", "Bearer abc,200", "abd,401", "Bearer ab,401", "EAS abc,401", "Basic abc,401" })
	void tokenIsAcceptedBareAndAsBearer(String authorization, int status) throws Exception {
		HttpRequest.Builder request = Http.request(this.eas.endpoint(), "/api/predict/echo")
			.header("Authorization", authorization);
		assertThat(Http.send(request).statusCode()).isEqualTo(status);
	}

	@Test
	void missingTokenIsRefused() throws Exception {
		HttpResponse<String> response = Http.get(this.eas.endpoint(), "/api/predict/echo");
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.body()).contains("no Authorization header");
	}

	@Test
	void serviceWithoutATokenAcceptsEveryRequest() throws Exception {
		assertThat(Http.get(this.eas.endpoint(), "/api/predict/open").statusCode()).isEqualTo(200);
		HttpRequest.Builder request = Http.request(this.eas.endpoint(), "/api/predict/open")
			.header("Authorization", "whatever");
		assertThat(Http.send(request).statusCode()).isEqualTo(200);
	}

	private static HttpResponse<String> signed(String address, String uri, String body, String contentType,
			String signature) throws Exception {
		return Http.send(Http.request(address, uri)
			.POST(BodyPublishers.ofString(body))
			.header("Content-Type", contentType)
			.header("Date", "Mon, 01 Jan 2024 00:00:00 GMT")
			.header("Authorization", "EAS " + signature));
	}

}
