package io.eas.emulator;

import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the gateway does with calls.
 */
class GatewayTests {

	private final EasEmulator eas = EasEmulator.builder()
		.service("group", (service) -> service.instance((i) -> i.handler(GatewayTests::tell)))
		.service("group/mnist_a",
				(service) -> service.instance((i) -> i.weight(3).handler(GatewayTests::tell))
					.instance((i) -> i.weight(1).handler(GatewayTests::tell))
					.instance((i) -> i.weight(0).handler(GatewayTests::tell)))
		.service("nobody", (service) -> {
		})
		.build()
		.start();

	private final EmulatedService service = this.eas.service("group/mnist_a");

	private static Mono<EmulatedResponse> tell(EmulatedRequest request) {
		String seen = String.join(" ", request.method(), request.uri(), String.valueOf(request.query()),
				request.headers("X-A").toString(), new String(request.body(), StandardCharsets.UTF_8));
		return Mono.just(EmulatedResponse.text(201, seen).withHeader("X-B", "b"));
	}

	@AfterEach
	void close() {
		this.eas.close();
	}

	@Test
	void forwardsMethodPathQueryHeadersAndBody() throws Exception {
		HttpResponse<String> response = Http
			.send(Http.request(this.eas.endpoint(), "/api/predict/group/mnist_a/v1/x%20y?a=%2F&a=1")
				.header("X-A", "1")
				.header("X-A", "2")
				.method("PATCH", BodyPublishers.ofString("body")));
		assertThat(response.statusCode()).isEqualTo(201);
		assertThat(response.body())
			.isEqualTo("PATCH /api/predict/group/mnist_a/v1/x%20y?a=%2F&a=1 a=%2F&a=1 [1, 2] body");
		assertThat(response.headers().firstValue("X-B")).hasValue("b");
	}

	@Test
	void pathWithAMalformedEscapeIsRefused() throws Exception {
		for (String path : List.of("/%zz", "/api/predict/group/%", "/api/v1/servicediscovery/upstreams/%e")) {
			try (RawCall call = new RawCall(URI.create("http://" + this.eas.endpoint()).getPort()).get(path)) {
				assertThat(call.read(12)).as(path).isEqualTo("HTTP/1.1 400");
			}
		}
	}

	@Test
	void bodiesUpToOneMegabyteAreAccepted() throws Exception {
		assertThat(upload(1024 * 1024).statusCode()).isEqualTo(201);
		HttpResponse<String> refused = upload(1024 * 1024 + 1);
		assertThat(refused.statusCode()).isEqualTo(413);
		assertThat(refused.body()).contains("the body has 1048577 bytes, and the gateway takes 1048576 at most");
		assertThat(requests()).containsExactly(1L, 0L, 0L);
	}

	@Test
	void bodyLimitCanBeRaised() throws Exception {
		try (EasEmulator raised = EasEmulator.builder()
			.gatewayBodyLimit(3_000_000)
			.service("m", (m) -> m.instance((i) -> i.handler(GatewayTests::tell)))
			.build()
			.start()) {
			assertThat(Http.post(raised.endpoint(), "/api/predict/m", "x".repeat(3_000_000)).statusCode())
				.isEqualTo(201);
			assertThat(Http.post(raised.endpoint(), "/api/predict/m", "x".repeat(3_000_001)).statusCode())
				.isEqualTo(413);
		}
	}

	private HttpResponse<String> upload(int bytes) throws Exception {
		return Http.post(this.eas.endpoint(), "/api/predict/group/mnist_a", "x".repeat(bytes));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://eas.example/api/predict/group/mnist_a/v1?a=1",
			"HTTP://eas.example:80/api/predict/group/mnist_a/v1?a=1" })
	void requestTargetMayBeAnAbsoluteUrl(String target) throws Exception {
		for (String address : List.of(this.eas.endpoint(), this.service.instance(0).address())) {
			try (RawCall call = new RawCall(URI.create("http://" + address).getPort()).send("GET", target, "Host: eas",
					"Connection: close")) {
				assertThat(call.read(2000)).startsWith("HTTP/1.1 201")
					.contains("GET /api/predict/group/mnist_a/v1?a=1 a=1 ");
			}
		}
	}

	@Test
	void pipelinedRequestsAreAnsweredInOrder() throws Exception {
		for (String address : List.of(this.eas.endpoint(), this.service.instance(0).address())) {
			try (RawCall call = new RawCall(URI.create("http://" + address).getPort())) {
				call.send("GET", "/api/predict/group/mnist_a/1", "Host: eas\r\n",
						"GET /api/predict/group/mnist_a/2 HTTP/1.1", "Host: eas\r\n",
						"GET /api/predict/group/mnist_a/3 HTTP/1.1", "Host: eas", "Connection: close");
				assertThat(call.read(10_000)).containsSubsequence("GET /api/predict/group/mnist_a/1 ",
						"GET /api/predict/group/mnist_a/2 ", "GET /api/predict/group/mnist_a/3 ");
			}
		}
	}

	@Test
	void responseHeaderMayHaveSixtyFourKilobytes() throws Exception {
		String large = "x".repeat(64 * 1024);
		try (EasEmulator verbose = EasEmulator.builder()
			.service("m",
					(m) -> m.instance((i) -> i.handler(
							(request) -> Mono.just(EmulatedResponse.text(200, "ok").withHeader("X-Large", large)))))
			.build()
			.start()) {
			assertThat(Http.get(verbose.endpoint(), "/api/predict/m").headers().firstValue("X-Large")).hasValue(large);
		}
	}

	@Test
	void picksByWeightAndNeverPicksWeightZero() throws Exception {
		callTimes(40);
		assertThat(requests()).containsExactly(30L, 10L, 0L);
	}

	@Test
	void followsAChangedWeight() throws Exception {
		this.service.setWeight(0, 0);
		this.service.setWeight(2, 1);
		callTimes(10);
		assertThat(requests()).containsExactly(0L, 5L, 5L);
	}

	@Test
	void allWeightsZeroCountTheSame() throws Exception {
		this.service.setWeight(0, 0);
		this.service.setWeight(1, 0);
		callTimes(9);
		assertThat(requests()).containsExactly(3L, 3L, 3L);
	}

	@Test
	void unlistedInstanceGetsNoRequestsUntilRelisted() throws Exception {
		this.service.instance(0).unlist();
		callTimes(4);
		assertThat(requests()).containsExactly(0L, 4L, 0L);
		this.service.instance(0).relist();
		callTimes(4);
		assertThat(this.service.instance(0).requests()).isEqualTo(3);
	}

	@Test
	void theLongestMatchingServiceNameWins() throws Exception {
		Http.get(this.eas.endpoint(), "/api/predict/group/mnist_a");
		Http.get(this.eas.endpoint(), "/api/predict/group/mnist_ab");
		assertThat(this.service.instance(0).requests()).isEqualTo(1);
		assertThat(this.eas.service("group").instance(0).requests()).isEqualTo(1);
	}

	@Test
	void anUnknownServiceIsNotFound() throws Exception {
		HttpResponse<String> response = Http.get(this.eas.endpoint(), "/api/predict/groups");
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(response.body()).isEqualTo("{\"error\":\"there is no service at /api/predict/groups\"}");
		assertThat(Http.get(this.eas.endpoint(), "/api/v1/servicediscovery/upstreams/groups").statusCode())
			.isEqualTo(404);
		assertThat(Http.get(this.eas.endpoint(), "/").statusCode()).isEqualTo(404);
	}

	@Test
	void aServiceWithoutInstancesIsUnavailable() throws Exception {
		assertThat(Http.get(this.eas.endpoint(), "/api/predict/nobody").statusCode()).isEqualTo(503);
	}

	@Test
	void unreachableInstanceIsABadGatewayAndNotRetried() throws Exception {
		EmulatedInstance only = this.eas.service("group").instance(0);
		only.kill();
		assertThat(Http.get(this.eas.endpoint(), "/api/predict/group").statusCode()).isEqualTo(502);
		only.heal();
		only.reset();
		assertThat(Http.get(this.eas.endpoint(), "/api/predict/group").statusCode()).isEqualTo(502);
		assertThat(only.requests()).isEqualTo(1);
	}

	@Test
	void responseThatBreaksOffBreaksOffForTheCallerToo() throws Exception {
		this.eas.service("group").instance(0).half();
		try (RawCall call = new RawCall(this.eas.port()).get("/api/predict/group")) {
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> call.read(100_000));
		}
	}

	@Test
	void unknownInstanceIsNamed() {
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> this.service.instance(3))
			.withMessage("group/mnist_a has 3 instance(s), counted from 0; there is no 3");
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> this.eas.service("mnist"))
			.withMessage("there is no service mnist; the services are [group, group/mnist_a, nobody]");
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> this.service.setWeight(0, -1))
			.withMessage("the weight must be 0 or more, was -1");
	}

	private void callTimes(int times) throws Exception {
		for (int i = 0; i < times; i++) {
			assertThat(Http.get(this.eas.endpoint(), "/api/predict/group/mnist_a").statusCode()).isEqualTo(201);
		}
	}

	private List<Long> requests() {
		return this.service.instances().stream().map(EmulatedInstance::requests).toList();
	}

}
