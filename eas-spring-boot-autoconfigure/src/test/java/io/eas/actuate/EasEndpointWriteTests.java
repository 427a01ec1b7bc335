package io.eas.actuate;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import javax.management.MBeanException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import io.eas.actuate.WebApplication.Answer;
import io.eas.client.EasClient;
import io.eas.client.EasClients;
import io.eas.client.call.LocalEas;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.EmulatedResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.WebApplicationType;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What an operator changes by {@code /actuator/eas}.
 */
class EasEndpointWriteTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String UNRESTRICTED = "management.endpoint.eas.access=unrestricted";

	private static final List<String> MBEAN_OPERATIONS = List.of("eject", "refresh", "restore", "service", "services");

	private final EasEmulator eas = LocalEas.start((request) -> Mono.just(EmulatedResponse.text(200, "ok")), 100, 100);

	@AfterEach
	void close() {
		this.eas.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void writesAreRefusedByDefault(WebApplicationType type) {
		try (WebApplication application = WebApplication.start(type, this.eas)) {
			assertThat(application.send(HttpMethod.POST, "eas/echo", null).status()).isEqualTo(405);
			assertThat(application.send(HttpMethod.POST, path(0), "{}").status()).isEqualTo(404);
			assertThat(application.send(HttpMethod.DELETE, path(0), null).status()).isEqualTo(404);
			assertThat(application.get("eas/echo").path("instances").toString()).doesNotContain("ejected");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void instanceIsEjectedForATimeAndRestored(WebApplicationType type) {
		try (WebApplication application = WebApplication.start(type, this.eas, UNRESTRICTED)) {
			Answer ejected = application.send(HttpMethod.POST, path(0), "{\"time\":\"10m\"}");
			assertThat(ejected.status()).isEqualTo(200);
			JsonNode instance = application.instance("echo", instance(0).address());
			assertThat(instance.path("state").stringValue()).isEqualTo("ejected");
			assertThat(instance.path("cause").stringValue()).isEqualTo("manual");
			assertThat(Instant.parse(instance.path("until").stringValue())).isBetween(Instant.now().plusSeconds(500),
					Instant.now().plusSeconds(600));
			assertThat(ejected.json().path("instances").toString())
				.contains("\"state\":\"ejected\",\"cause\":\"manual\"");
			call(application, 20);
			assertThat(instance(0).requests()).isZero();
			Answer restored = application.send(HttpMethod.DELETE, path(0), null);
			assertThat(restored.status()).isEqualTo(200);
			assertThat(restored.json().path("instances").toString()).doesNotContain("ejected");
			call(application, 20);
			assertThat(instance(0).requests()).isEqualTo(10);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void impossibleChangeIsRefusedWithTheReason(WebApplicationType type) {
		try (WebApplication application = WebApplication.start(type, this.eas, UNRESTRICTED,
				"eas.services.fixed.mode=static", "eas.services.fixed.instances=10.0.0.1:80")) {
			assertThat(application.send(HttpMethod.POST, path(0), "{}").status()).isEqualTo(200);
			assertRefused(application.send(HttpMethod.POST, path(1), "{}"), 409,
					instance(1).address() + " is the last instance in use, which is never ejected");
			assertRefused(application.send(HttpMethod.POST, "eas/fixed", null), 409,
					"the instances of fixed are set in the configuration, so there is nothing to refresh");
			assertRefused(application.send(HttpMethod.POST, "eas/echo/10.9.9.9:80", "{}"), 404,
					"10.9.9.9:80 is not among the instances that calls go to");
			assertRefused(application.send(HttpMethod.DELETE, "eas/echo/nonsense", null), 404,
					"a host, a colon and a port are needed");
			assertRefused(application.send(HttpMethod.POST, "eas/nothing", null), 404,
					"There is no EAS service 'nothing'. The services under eas.services are [fixed, echo]");
			assertRefused(application.send(HttpMethod.POST, path(0), "{\"time\":\"2d\"}"), 400,
					"time must be between 1ms and 1d, was PT48H");
			assertRefused(application.send(HttpMethod.POST, path(0), "{\"time\":\"soon\"}"), 400,
					"time must be a duration such as 10m, was 'soon'");
			assertRefused(application.send(HttpMethod.POST, path(0), "{\"tme\":\"1m\"}"), 400,
					"there is no argument 'tme', only time");
			assertRefused(application.send(HttpMethod.POST, "eas/echo", "{\"time\":\"1m\"}"), 400,
					"there is no argument 'time'");
			call(application, 20);
			assertThat(instance(1).requests()).isEqualTo(20);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void refreshPollsAtOnce(WebApplicationType type) {
		try (WebApplication application = WebApplication.start(type, this.eas, UNRESTRICTED,
				"eas.discovery.interval=5m")) {
			assertThat(application.get("eas/echo").path("instances").size()).isEqualTo(2);
			this.eas.service("echo").add();
			Answer answer = application.send(HttpMethod.POST, "eas/echo", null);
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.json().path("list").path("source").stringValue()).isEqualTo("discovery");
			await().atMost(PATIENCE).until(() -> application.get("eas/echo").path("instances").size() == 3);
		}
	}

	@Test
	void callsInFlightOnAManuallyEjectedInstanceContinue() {
		try (WebApplication application = WebApplication.start(WebApplicationType.REACTIVE, this.eas, UNRESTRICTED)) {
			call(application, 20);
			this.eas.service("echo").instances().forEach((instance) -> instance.late(Duration.ofMillis(2500)));
			Mono<List<String>> calls = Flux.range(0, 2)
				.flatMap((n) -> client(application).post("").body("[1]").retrieve(String.class))
				.collectList()
				.cache();
			calls.subscribe();
			await().atMost(PATIENCE).until(() -> instance(0).requests() == 11 && instance(1).requests() == 11);
			assertThat(application.send(HttpMethod.POST, path(0), "{}").status()).isEqualTo(200);
			assertThat(calls.block(PATIENCE)).containsExactly("ok", "ok");
			assertThat(instance(1).requests()).isEqualTo(11);
		}
	}

	@Test
	@SuppressWarnings("unchecked")
	void everyOperationIsAvailableOverJmxAsLongAsTheApplicationRuns() throws Exception {
		MBeanServer server = ManagementFactory.getPlatformMBeanServer();
		ObjectName name = new ObjectName("eas-endpoint-test:type=Endpoint,name=Eas");
		String[] text = { String.class.getName() };
		String[] reads = { String.class.getName(), Integer.class.getName() };
		String[] two = { String.class.getName(), String.class.getName() };
		try (WebApplication application = WebApplication.start(WebApplicationType.NONE, this.eas, UNRESTRICTED,
				"spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=eas",
				"management.endpoints.jmx.domain=eas-endpoint-test")) {
			call(application, 2);
			assertThat(server.getMBeanInfo(name).getOperations()).extracting((operation) -> operation.getName())
				.containsExactlyInAnyOrderElementsOf(MBEAN_OPERATIONS);
			Map<String, Object> service = (Map<String, Object>) server.invoke(name, "service",
					new Object[] { "echo", 5 }, reads);
			assertThat((List<Object>) service.get("picks")).isEmpty();
			assertThat((List<Object>) service.get("instances")).hasSize(2);
			assertThat(service.toString()).doesNotContain(LocalEas.TOKEN + ",", LocalEas.TOKEN + "}");
			assertThat(server.invoke(name, "service", new Object[] { "nothing", null }, reads)).isNull();
			Object[] ejection = { "echo", instance(0).address(), "1m" };
			Map<String, Object> ejected = (Map<String, Object>) server.invoke(name, "eject", ejection,
					new String[] { String.class.getName(), String.class.getName(), String.class.getName() });
			assertThat(ejected.toString()).contains("cause=manual");
			assertThatExceptionOfType(MBeanException.class)
				.isThrownBy(() -> server.invoke(name, "eject", new Object[] { "echo", instance(1).address(), null },
						new String[] { String.class.getName(), String.class.getName(), String.class.getName() }))
				.withMessageContaining("is the last instance in use");
			Map<String, Object> restored = (Map<String, Object>) server.invoke(name, "restore",
					new Object[] { "echo", instance(0).address() }, two);
			assertThat(restored.toString()).contains("state=live").doesNotContain("cause=manual");
			assertThat(server.invoke(name, "refresh", new Object[] { "echo" }, text)).isNotNull();
		}
		assertThat(server.isRegistered(name)).isFalse();
	}

	private static void assertRefused(Answer answer, int status, String reason) {
		assertThat(answer.status()).as(answer.body()).isEqualTo(status);
		assertThat(answer.json().path("message").stringValue()).isEqualTo(reason);
	}

	private String path(int index) {
		return "eas/echo/" + instance(index).address();
	}

	private static void call(WebApplication application, int calls) {
		Flux.range(0, calls)
			.concatMap((n) -> client(application).post("").body("[1]").retrieve(String.class))
			.blockLast(PATIENCE);
	}

	private static EasClient client(WebApplication application) {
		return application.context().getBean(EasClients.class).get("echo");
	}

	private EmulatedInstance instance(int index) {
		return this.eas.service("echo").instance(index);
	}

}
