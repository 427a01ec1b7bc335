package io.eas.client.call;

import java.time.Duration;
import java.util.List;

import io.eas.autoconfigure.EasConnectionDetails;
import io.eas.client.EasClient;
import io.eas.client.EasConnectException;
import io.eas.client.EasRequest;
import io.eas.client.EasResponse;
import io.eas.client.EasStatusException;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedHandler;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.EmulatedResponse;
import io.eas.health.EasHealthContributor;
import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
import io.eas.service.EasServices;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Calls with {@code mode: gateway}, all of which the endpoint passes on.
 */
class GatewayModeTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static EasEmulator eas;

	@BeforeAll
	static void start() {
		EmulatedHandler handler = (request) -> Mono.just(EmulatedResponse.text(200, request.uri()));
		eas = LocalEas.start(handler, 100, 100, 100);
	}

	@AfterAll
	static void stop() {
		eas.close();
	}

	@AfterEach
	void heal() {
		eas.service("echo").instances().forEach(EmulatedInstance::heal);
	}

	@Test
	void everyCallGoesThroughTheEndpointWithoutDiscovery() {
		long asked = eas.discovery().requests();
		application().run((context) -> {
			List<EasResponse<String>> answers = Flux.range(0, 30)
				.flatMap((i) -> request(context.getBean(EasClient.class)).toEntity(String.class))
				.collectList()
				.block(PATIENCE);
			assertThat(answers).hasSize(30).allSatisfy((answer) -> {
				assertThat(answer.body()).isEqualTo("/api/predict/echo/v1/models?trace=true");
				assertThat(answer.instance().address()).isEqualTo(eas.endpoint());
				assertThat(answer.attempts()).isEqualTo(1);
			});
		});
		assertThat(eas.discovery().requests()).isEqualTo(asked);
	}

	@ParameterizedTest
	@ValueSource(strings = { "signature", "token", "bearer" })
	void tokenIsSentAsToInstances(String scheme) {
		application("eas.auth.scheme=" + scheme).run((
				context) -> assertThat(request(context.getBean(EasClient.class)).retrieve(String.class).block(PATIENCE))
					.startsWith("/api/predict/echo"));
		application("eas.auth.scheme=" + scheme, "eas.services.echo.token=another").run((context) -> assertThat(
				request(context.getBean(EasClient.class)).exchange().block(PATIENCE).status().value())
			.isEqualTo(401));
	}

	@Test
	void failureIsRetriedAtTheSameAddressAfterAPause() {
		application().run((context) -> {
			eas.service("echo").instances().forEach((instance) -> instance.status(503));
			long started = System.nanoTime();
			assertThatExceptionOfType(EasStatusException.class)
				.isThrownBy(() -> request(context.getBean(EasClient.class)).retrieve(String.class).block(PATIENCE))
				.withMessageStartingWith("echo: attempt 3 of 3 on " + eas.endpoint() + ": status 503")
				.withMessageContaining("attempt 1 on " + eas.endpoint())
				.withMessageContaining("attempt 2 on " + eas.endpoint());
			assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(Duration.ofMillis(20));
		});
	}

	@Test
	void aRetryMayReachAnotherInstance() {
		application().run((context) -> {
			eas.service("echo").instance(0).status(450);
			List<EasResponse<String>> answers = Flux.range(0, 30)
				.concatMap((i) -> request(context.getBean(EasClient.class)).toEntity(String.class))
				.collectList()
				.block(PATIENCE);
			assertThat(answers).extracting(EasResponse::attempts).containsOnly(1, 2);
		});
	}

	@Test
	void retriesHaveTheSameBudget() {
		application("eas.retry.budget.ratio=0", "eas.retry.budget.min-per-second=0").run((context) -> {
			eas.service("echo").instances().forEach((instance) -> instance.status(450));
			assertThatExceptionOfType(EasStatusException.class)
				.isThrownBy(() -> request(context.getBean(EasClient.class)).retrieve(String.class).block(PATIENCE))
				.withMessageStartingWith("echo: attempt 1 of 3 on " + eas.endpoint() + ": status 450")
				.withMessageEndingWith("not tried again: the retry budget of the service is used up "
						+ "(retry.budget.ratio 0.0, retry.budget.min-per-second 0)");
		});
	}

	@Test
	void healthStaysUp() {
		application().run((context) -> {
			Health health = ((ReactiveHealthIndicator) context.getBean(EasHealthContributor.class)
				.getContributor("echo")).health().block(PATIENCE);
			assertThat(health.getStatus()).isEqualTo(Status.UP);
			assertThat(health.getDetails()).containsOnlyKeys("instances", "source")
				.containsEntry("instances", 1)
				.containsEntry("source", "gateway");
		});
	}

	@Test
	void startupThatRequiresInstancesAcceptsTheGateway() {
		LocalEas.application()
			.withPropertyValues("eas.mode=gateway", "eas.endpoint=127.0.0.1:1", "eas.token=abc",
					"eas.services.echo.discovery.startup=fail-fast", "eas.discovery.startup-timeout=10m")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThatExceptionOfType(EasConnectException.class)
					.isThrownBy(() -> request(context.getBean(EasClient.class)).retrieve(String.class).block(PATIENCE))
					.withMessageStartingWith("echo: attempt 3 of 3 on 127.0.0.1:1: no connection: ");
			});
	}

	@ParameterizedTest
	@CsvSource({ "'eas.uid=123,eas.region-id=cn-hangzhou', 123.vpc.cn-hangzhou.pai-eas.aliyuncs.com:80",
			"eas.endpoint=eas.test, eas.test:80", "eas.endpoint=http://eas.test:8080/, eas.test:8080",
			"eas.endpoint=https://eas.test, eas.test:443", "eas.endpoint=https://eas.test:8443, eas.test:8443",
			"'eas.endpoint=[2001:db8::1]:8080', [2001:db8::1]:8080" })
	void theGatewayIsTheEndpoint(String properties, String address) {
		LocalEas.application()
			.withPropertyValues("eas.services.echo.mode=gateway", "eas.token=abc")
			.withPropertyValues(properties.split(","))
			.run((context) -> {
				InstanceList list = context.getBean(EasServices.class).service("echo").cache().current();
				assertThat(list.source()).isEqualTo(Source.GATEWAY);
				assertThat(list.instances()).extracting(EasInstance::address).containsExactly(address);
			});
	}

	@Test
	void connectionDetailsSetTheAddressOfTheGateway() {
		LocalEas.application()
			.withBean(EasConnectionDetails.class, () -> (alias) -> eas.endpoint())
			.withPropertyValues("eas.mode=gateway", "eas.token=abc", "eas.services.echo.service-name=echo")
			.run((context) -> assertThat(request(context.getBean(EasClient.class)).toEntity(String.class)
				.block(PATIENCE)
				.instance()
				.address()).isEqualTo(eas.endpoint()));
	}

	@Test
	void gatewayMayBeAHostName() {
		application("eas.services.echo.endpoint=localhost:" + eas.port()).run((context) -> assertThat(
				request(context.getBean(EasClient.class)).toEntity(String.class).block(PATIENCE).instance().address())
			.isEqualTo("localhost:" + eas.port()));
	}

	@Test
	void hostHeaderIsTheNameOfTheGateway() throws InterruptedException {
		try (SilentServer gateway = new SilentServer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
			String address = gateway.address().replace("127.0.0.1", "localhost");
			LocalEas.application()
				.withPropertyValues("eas.mode=gateway", "eas.token=abc", "eas.services.echo.endpoint=" + address)
				.run((context) -> {
					assertThat(request(context.getBean(EasClient.class)).retrieve(String.class).block(PATIENCE))
						.isEqualTo("ok");
					assertThat(gateway.nextRequest()).startsWith("POST /api/predict/echo/v1/models?trace=true HTTP/1.1")
						.containsIgnoringCase("host: " + address + "\r\n");
				});
		}
	}

	@Test
	void springLoadBalancerUsesTheGatewayToo() {
		application().run((context) -> assertThat(context.getBean(LoadBalancerClientFactory.class)
			.getInstance("echo", ServiceInstanceListSupplier.class)
			.get()
			.blockFirst(PATIENCE)).singleElement()
			.satisfies((instance) -> assertThat(instance.getUri()).hasToString("http://" + eas.endpoint())));
	}

	private static ApplicationContextRunner application(String... properties) {
		return LocalEas.application(eas, "eas.mode=gateway").withPropertyValues(properties);
	}

	private static EasRequest request(EasClient client) {
		return client.post("/v1/models").query("trace", true).body("[1]");
	}

}
