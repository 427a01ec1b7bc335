package io.eas.sample.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.EmulatedResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

/**
 * The application in another profile, with another emulator in the role of a real EAS.
 */
@ExtendWith(OutputCaptureExtension.class)
class RealEasTests {

	private static final String SERVICE = "another_name";

	private static EasEmulator eas;

	private static ConfigurableApplicationContext context;

	private static WebTestClient client;

	@BeforeAll
	static void start() {
		eas = EasEmulator.builder()
			.admin(false)
			.service(SERVICE, (service) -> service.token("abc")
				.instances(2, (instance) -> instance.handler(
						(request) -> Mono.just(EmulatedResponse.json(200, "{\"digit\": 4, \"confidence\": 0.5}")))))
			.build()
			.start();
		context = application("--eas.token=abc");
		client = client(context);
	}

	@AfterAll
	static void stop() {
		context.close();
		eas.close();
	}

	@BeforeEach
	void heal() {
		instances().forEach(EmulatedInstance::heal);
	}

	@Test
	void noLocalEasIsStarted() {
		assertThat(context.getBeansOfType(EasEmulator.class)).isEmpty();
		assertThat(context.getBeanNamesForType(SampleApplication.class)).hasSize(1);
		assertThat(List.of(context.getBeanDefinitionNames()))
			.noneMatch((name) -> name.contains("localEas") || name.contains("walkThrough"));
	}

	@Test
	void withoutAWalkThroughNothingEndsTheApplication() {
		try (ConfigurableApplicationContext lasting = application("--eas.token=abc",
				"--sample.walk-through.enabled=true", "--sample.walk-through.exit=true")) {
			assertThat(SampleApplication.isToEnd(lasting)).isFalse();
		}
	}

	@Test
	void callsReachTheConfiguredEas() {
		expectFour(digits(client));
	}

	private static void expectFour(WebTestClient.ResponseSpec answer) {
		answer.expectStatus()
			.isOk()
			.expectHeader()
			.value("X-Eas-Instance",
					(address) -> assertThat(instances()).extracting(EmulatedInstance::address).contains(address))
			.expectBody()
			.json("{\"digit\": 4, \"confidence\": 0.5}");
	}

	@ParameterizedTest
	@CsvSource({ "refuse,503,No instance of mnist could be reached,no connection",
			"450,503,mnist answered with status 450,queue is full", "429,503,mnist answered with status 429,status 429",
			"503,503,mnist answered with status 503,status 503", "504,504,mnist answered with status 504,status 504",
			"502,502,mnist answered with status 502,status 502", "404,502,mnist answered with status 404,service-name",
			"reset,502,mnist broke the connection off,attempt 3 of 3",
			"half,502,mnist broke the connection off,attempt 3 of 3",
			"garbage,502,mnist gave an answer that could not be read,127.0.0.1" })
	void failedCallTellsTheCallerTheReasonAndLogsTheAddress(String fault, int status, String detail, String logged,
			CapturedOutput output) {
		instances().forEach((instance) -> fail(instance, fault));
		expectProblem(digits(client), status, detail);
		expectWarning(output, logged);
	}

	@Test
	void missingResponseIsReportedAsTimeout(CapturedOutput output) {
		instances().forEach((instance) -> fail(instance, "freeze"));
		try (ConfigurableApplicationContext impatient = application("--eas.token=abc",
				"--eas.http.response-timeout=500ms")) {
			expectProblem(digits(client(impatient)), 504, "mnist did not answer in time");
			expectWarning(output, "no answer within 500 ms (http.response-timeout)");
		}
	}

	private static void expectProblem(WebTestClient.ResponseSpec answer, int status, String detail) {
		answer.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody(String.class)
			.value((body) -> assertThat(body).contains("\"detail\":\"" + detail + "\"")
				.doesNotContain("127.0.0.1")
				.doesNotContain("attempt"));
	}

	private static void expectWarning(CapturedOutput output, String text) {
		assertThat(output.toString().lines().filter((line) -> line.contains("mnist: attempt "))).singleElement(STRING)
			.contains("WARN", "mnist: attempt ", "127.0.0.1:", text);
	}

	@Test
	void withoutItsTokenCallsAreRefused(CapturedOutput output) {
		try (ConfigurableApplicationContext anonymous = application()) {
			expectProblem(digits(client(anonymous)), 502, "mnist answered with status 401");
			expectWarning(output, "the token or auth.scheme is wrong");
		}
	}

	@Test
	void severalServicesMayBeConfigured() {
		try (ConfigurableApplicationContext several = application("--eas.token=abc",
				"--eas.services.other.service-name=" + SERVICE)) {
			expectFour(client(several).post().uri("/predict/other").bodyValue("x").exchange());
			expectFour(digits(client(several)));
		}
	}

	private static ConfigurableApplicationContext application(String... more) {
		List<String> args = new ArrayList<>(List.of("--spring.profiles.active=prod", "--server.port=0",
				"--server.address=127.0.0.1", "--eas.endpoint=" + eas.endpoint(),
				"--eas.services.mnist.service-name=" + SERVICE, "--eas.discovery.allowed-networks=127.0.0.0/8"));
		args.addAll(List.of(more));
		return OwnEventLoops.run(args.toArray(String[]::new));
	}

	private static WebTestClient client(ConfigurableApplicationContext context) {
		String port = Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port"));
		return WebTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + port)
			.responseTimeout(Duration.ofMinutes(1))
			.build();
	}

	private static WebTestClient.ResponseSpec digits(WebTestClient client) {
		return client.post()
			.uri("/digits")
			.contentType(MediaType.IMAGE_PNG)
			.bodyValue(Images.file("seven.png"))
			.exchange();
	}

	private static void fail(EmulatedInstance instance, String fault) {
		switch (fault) {
			case "refuse" -> instance.refuse();
			case "reset" -> instance.reset();
			case "half" -> instance.half();
			case "freeze" -> instance.freeze();
			case "garbage" -> instance.status(200);
			default -> instance.status(Integer.parseInt(fault));
		}
	}

	private static List<EmulatedInstance> instances() {
		return eas.service(SERVICE).instances();
	}

}
