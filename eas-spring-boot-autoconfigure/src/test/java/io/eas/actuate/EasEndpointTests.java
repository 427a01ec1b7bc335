package io.eas.actuate;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.eas.client.EasClient;
import io.eas.client.call.LocalEas;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.EmulatedResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.WebApplicationType;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What {@code /actuator/eas} shows, over real sockets.
 */
class EasEndpointTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@TempDir
	private Path directory;

	private final EasEmulator eas = LocalEas.start((request) -> Mono.just(EmulatedResponse.text(200, "ok")), 100, 100,
			100);

	@AfterEach
	void close() {
		this.eas.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void ejectedInstanceShowsWhyAndUntilWhen(WebApplicationType type) {
		Instant before = Instant.now();
		try (WebApplication application = WebApplication.start(type, this.eas, "eas.ejection.base-time=5m")) {
			instance(0).status(503);
			call(application, 30);
			JsonNode service = application.get("eas/echo");
			JsonNode ejected = instance(service, instance(0).address());
			assertThat(ejected.path("state").stringValue()).isEqualTo("ejected");
			assertThat(ejected.path("cause").stringValue()).isEqualTo("failures");
			assertThat(ejected.path("reason").stringValue()).isEqualTo("3 failure(s) in a row, the last: status 503");
			assertThat(ejected.path("ejections").intValue()).isEqualTo(1);
			assertThat(Instant.parse(ejected.path("since").stringValue())).isBetween(before, Instant.now());
			assertThat(Instant.parse(ejected.path("until").stringValue())).isBetween(before.plusSeconds(240),
					Instant.now().plusSeconds(300));
			assertThat(service.path("summary").stringValue())
				.isEqualTo("calls go to 2 of 3 instance(s); 1 ejected (failures)");
			JsonNode failure = ejected.path("lastFailure");
			assertThat(failure.path("what").stringValue()).isEqualTo("status 503");
			assertThat(failure.path("result").stringValue()).isEqualTo("failed");
			assertThat(Instant.parse(failure.path("at").stringValue())).isBetween(before.minusMillis(1), Instant.now());
			assertThat(failure.path("secondsAgo").longValue()).isBetween(0L, PATIENCE.toSeconds());
			JsonNode live = instance(service, instance(1).address());
			assertThat(live.path("state").stringValue()).isEqualTo("live");
			assertThat(live.path("weight").intValue()).isEqualTo(100);
			assertThat(live.path("latencyMillis").doubleValue()).isPositive();
			assertThat(live.propertyNames()).doesNotContain("cause", "reason", "since", "until", "probe",
					"lastFailure");
			JsonNode budget = service.path("retryBudget");
			assertThat(budget.path("used").intValue()).isBetween(1, 3);
			assertThat(budget.path("left").intValue())
				.isEqualTo(budget.path("allowed").intValue() - budget.path("used").intValue());
			assertThat(application.get("eas").path("services").propertyNames()).containsExactly("echo");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void unknownAliasIsNotFound(WebApplicationType type) {
		try (WebApplication application = WebApplication.start(type, this.eas)) {
			assertThat(application.send(HttpMethod.GET, "eas/nothing", null).status()).isEqualTo(404);
		}
	}

	@Test
	void attemptsAndCallsInFlightAreCounted() {
		try (WebApplication application = WebApplication.start(WebApplicationType.REACTIVE, this.eas)) {
			this.eas.service("echo").instances().forEach((instance) -> instance.late(Duration.ofSeconds(30)));
			Disposable calls = Flux.range(0, 6)
				.flatMap((n) -> client(application).post("").body("[1]").retrieve(String.class))
				.subscribe();
			await().atMost(PATIENCE).untilAsserted(() -> {
				JsonNode service = application.get("eas/echo");
				assertThat(service.path("callsInFlight").intValue()).isEqualTo(6);
				assertThat(instances(service)).allMatch((instance) -> instance.path("inFlight").intValue() == 2);
			});
			calls.dispose();
			await().atMost(PATIENCE).until(() -> application.get("eas/echo").path("callsInFlight").intValue() == 0);
		}
	}

	@Test
	void listShowsItsAgeAndTheNextPoll() {
		try (WebApplication application = WebApplication.start(WebApplicationType.REACTIVE, this.eas,
				"eas.discovery.interval=5m")) {
			JsonNode list = application.get("eas/echo").path("list");
			assertThat(list.path("source").stringValue()).isEqualTo("discovery");
			assertThat(list.path("ageSeconds").longValue()).isBetween(0L, PATIENCE.toSeconds());
			assertThat(Instant.parse(list.path("lastSuccess").stringValue())).isBefore(Instant.now());
			assertThat(list.path("nextPollMillis").longValue()).isBetween(Duration.ofMinutes(4).toMillis(),
					Duration.ofMinutes(10).toMillis());
			assertThat(list.propertyNames()).doesNotContain("failedPolls", "lastFailure", "gatewayFallback");
		}
	}

	@Test
	void listOfAnEarlierRunIsShownAsSnapshotWithTheFailureOfPolls() {
		String[] properties = { "eas.discovery.snapshot.enabled=true",
				"eas.discovery.snapshot.directory=" + this.directory, "eas.discovery.startup-timeout=500ms" };
		try (WebApplication first = WebApplication.start(WebApplicationType.REACTIVE, this.eas, properties)) {
			call(first, 1);
			await().atMost(PATIENCE).until(() -> this.directory.toFile().list().length > 0);
		}
		this.eas.discovery().status(500);
		try (WebApplication second = WebApplication.start(WebApplicationType.REACTIVE, this.eas, properties)) {
			JsonNode service = second.get("eas/echo");
			assertThat(service.path("list").path("source").stringValue()).isEqualTo("snapshot");
			assertThat(service.path("list").path("failedPolls").intValue()).isPositive();
			assertThat(service.path("list").path("lastFailure").stringValue()).contains("status 500");
			assertThat(instances(service)).hasSize(3);
		}
	}

	@Test
	void configuredListsDoNotAge() {
		try (WebApplication application = WebApplication.start(WebApplicationType.REACTIVE, this.eas,
				"eas.services.echo.mode=gateway", "eas.services.fixed.mode=static",
				"eas.services.fixed.instances=10.0.0.1:80;7,10.0.0.2:80;0")) {
			JsonNode services = application.get("eas").path("services");
			assertThat(services.path("echo").path("list").toString()).isEqualTo("{\"source\":\"gateway\"}");
			assertThat(services.path("fixed").path("list").toString()).isEqualTo("{\"source\":\"static\"}");
			assertThat(services.path("fixed").path("instances").toString())
				.isEqualTo("[{\"address\":\"10.0.0.1:80\",\"weight\":7,\"state\":\"live\",\"inFlight\":0},"
						+ "{\"address\":\"10.0.0.2:80\",\"weight\":0,\"state\":\"drained\",\"inFlight\":0}]");
		}
	}

	@Test
	void fallbackToTheGatewayIsShown() {
		this.eas.discovery().status(500);
		try (WebApplication application = WebApplication.start(WebApplicationType.REACTIVE, this.eas,
				"eas.gateway-fallback=true", "eas.discovery.startup=lazy")) {
			JsonNode service = application.get("eas/echo");
			assertThat(service.path("list").path("source").stringValue()).isEqualTo("gateway");
			assertThat(service.path("list").path("gatewayFallback").booleanValue()).isTrue();
			assertThat(instances(service)).isEmpty();
			call(application, 1);
			assertThat(instances(application.get("eas/echo"))).singleElement()
				.satisfies((gateway) -> assertThat(this.eas.endpoint())
					.endsWith(gateway.path("address").stringValue().replaceFirst(".*:", ":")));
		}
	}

	@Test
	void instanceThatFailsTheProbeIsShownWithTheReason() {
		instance(0).refuse();
		try (WebApplication application = WebApplication.start(WebApplicationType.REACTIVE, this.eas,
				"eas.probe.enabled=true", "eas.probe.period=1s", "eas.probe.failure-threshold=1")) {
			await().atMost(PATIENCE).untilAsserted(() -> {
				JsonNode service = application.get("eas/echo");
				JsonNode failing = instance(service, instance(0).address());
				assertThat(failing.path("state").stringValue()).isEqualTo("failing");
				assertThat(failing.path("probe").stringValue()).isEqualTo("failing");
				assertThat(failing.path("probeResult").stringValue()).contains("refused");
				assertThat(failing.path("weight").intValue()).isEqualTo(100);
				assertThat(instance(service, instance(1).address()).path("probe").stringValue()).isEqualTo("passing");
			});
		}
	}

	@Test
	void settingsSayWhereEachWasReadFrom() {
		try (WebApplication application = WebApplication.start(WebApplicationType.REACTIVE, this.eas,
				"eas.http.response-timeout=7s", "eas.services.echo.retry.max-attempts=5")) {
			JsonNode settings = application.get("eas/echo").path("settings");
			assertThat(settings.path("retry.max-attempts").toString())
				.isEqualTo("{\"value\":5,\"property\":\"eas.services.echo.retry.max-attempts\",\"origin\":"
						+ "\"\\\"eas.services.echo.retry.max-attempts\\\" from property source"
						+ " \\\"commandLineArgs\\\"\"}");
			assertThat(settings.path("http.response-timeout").path("value").stringValue()).isEqualTo("7s");
			assertThat(settings.path("http.response-timeout").path("property").stringValue())
				.isEqualTo("eas.http.response-timeout");
			assertThat(settings.path("http.request-timeout").toString())
				.isEqualTo("{\"value\":\"14s\",\"origin\":\"default\"}");
			assertThat(settings.path("mode").toString()).isEqualTo("{\"value\":\"direct\",\"origin\":\"default\"}");
			assertThat(settings.path("auth.scheme").path("value").stringValue()).isEqualTo("signature");
			assertThat(settings.path("http.max-in-memory-size").path("value").stringValue()).isEqualTo("16MB");
			assertThat(settings.path("discovery.allowed-networks").path("value").toString())
				.isEqualTo("[\"127.0.0.0/8\"]");
			List<String> origins = settings.values()
				.stream()
				.map((setting) -> setting.path("origin").stringValue())
				.toList();
			assertThat(origins.indexOf("default"))
				.isEqualTo(settings.values().stream().filter((setting) -> setting.has("property")).count());
		}
	}

	@Test
	void settingsHaveNoSecrets() {
		try (WebApplication application = WebApplication.start(WebApplicationType.REACTIVE, this.eas,
				"eas.services.fixed.mode=static", "eas.services.fixed.instances=10.0.0.1:80",
				"eas.services.fixed.endpoint=http://operator:pa55word@eas.test")) {
			JsonNode token = application.get("eas/echo").path("settings").path("token");
			assertThat(token.path("value").stringValue()).isEqualTo("******");
			assertThat(token.path("property").stringValue()).isEqualTo("eas.token");
			assertThat(token.path("origin").stringValue()).contains("commandLineArgs");
			assertThat(application.send(HttpMethod.GET, "eas/fixed", null).body()).contains("10.0.0.1")
				.doesNotContain("\"" + LocalEas.TOKEN + "\"", "pa55word");
			assertThat(application.get("eas").path("services").path("echo").propertyNames()).doesNotContain("settings");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void lastPicksAreShownWhenAskedFor(WebApplicationType type) {
		try (WebApplication application = WebApplication.start(type, this.eas)) {
			assertThat(application.get("eas/echo").has("picks")).isFalse();
			assertThat(application.get("eas/echo?picks=2").path("picks").size()).isZero();
			call(application, 5);
			JsonNode picks = application.get("eas/echo?picks=2").path("picks");
			assertThat(picks.size()).isEqualTo(2);
			assertThat(picks.path(0).path("reason").stringValue()).isEqualTo("the algorithm's choice");
			assertThat(this.eas.service("echo").instances())
				.anyMatch((instance) -> instance.address().equals(picks.path(0).path("address").stringValue()));
			for (String wrong : List.of("0", "257", "many")) {
				WebApplication.Answer answer = application.send(HttpMethod.GET, "eas/echo?picks=" + wrong, null);
				assertThat(answer.status()).isEqualTo(400);
				assertThat(answer.json().path("message").stringValue()).startsWith("picks must be ").contains(wrong);
			}
			assertThat(application.send(HttpMethod.GET, "eas/nothing?picks=1", null).status()).isEqualTo(404);
		}
	}

	@Test
	void bodyOfAnErrorIsNoPartOfTheLastFailure() {
		try (EasEmulator talkative = LocalEas
			.start((request) -> Mono.just(EmulatedResponse.text(500, "secret of the model")), 100);
				WebApplication application = WebApplication.start(WebApplicationType.REACTIVE, talkative)) {
			client(application).get("").retrieve(String.class).onErrorComplete().block(PATIENCE);
			String body = application.send(HttpMethod.GET, "eas/echo", null).body();
			assertThat(body).contains("\"what\":\"status 500\"").doesNotContain("secret of the model");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "eas/echo", "eas" })
	void readsDoNotStartAnything(String path) {
		try (WebApplication application = WebApplication.start(WebApplicationType.REACTIVE, this.eas)) {
			application.get(path);
			assertThat(this.eas.service("echo").instances()).allMatch((instance) -> instance.requests() == 0);
		}
	}

	private static void call(WebApplication application, int calls) {
		Flux.range(0, calls)
			.concatMap((n) -> client(application).post("").body("[1]").retrieve(String.class))
			.blockLast(PATIENCE);
	}

	private static EasClient client(WebApplication application) {
		return application.context().getBean(EasClient.class);
	}

	private EmulatedInstance instance(int index) {
		return this.eas.service("echo").instance(index);
	}

	private static List<JsonNode> instances(JsonNode service) {
		return service.path("instances").values().stream().toList();
	}

	private static JsonNode instance(JsonNode service, String address) {
		return WebApplication.instance(service, address);
	}

}
