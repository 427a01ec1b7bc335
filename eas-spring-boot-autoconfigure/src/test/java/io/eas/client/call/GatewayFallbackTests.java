package io.eas.client.call;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.eas.client.EasClient;
import io.eas.client.EasConnectException;
import io.eas.client.EasNoInstanceException;
import io.eas.client.EasResponse;
import io.eas.client.EasStartupException;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedHandler;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.EmulatedResponse;
import io.eas.health.EasHealthContributor;
import io.eas.instance.EasInstance;
import io.eas.service.EasService;
import io.eas.service.EasServices;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.reactive.ReactiveLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Calls while discovery has given no list since the start, with
 * {@code gateway-fallback: true}.
 */
@ExtendWith(OutputCaptureExtension.class)
class GatewayFallbackTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static EasEmulator eas;

	@BeforeAll
	static void start() {
		eas = LocalEas.start(EmulatedHandler.echo(), 100, 100);
	}

	@AfterAll
	static void stop() {
		eas.close();
	}

	@AfterEach
	void heal() {
		eas.discovery().heal();
		eas.service("echo").instances().forEach(EmulatedInstance::heal);
	}

	@ParameterizedTest
	@ValueSource(strings = { "empty", "status", "garbage", "reset", "silent" })
	void callsSucceedThroughTheGatewayWhateverIsWrongWithDiscovery(String fault) {
		fail(fault);
		application("eas.discovery.startup=lazy", "eas.discovery.timeout=1m").run((context) -> {
			EasResponse<String> answer = call(context.getBean(EasClient.class));
			assertThat(answer.body()).isEqualTo("hello");
			assertThat(answer.attempts()).isEqualTo(1);
			assertThat(answer.instance().address()).isEqualTo(eas.endpoint());
		});
	}

	@Test
	void callsGoToInstancesAsSoonAsThereIsAList(CapturedOutput output) {
		eas.discovery().empty();
		application("eas.discovery.startup=lazy").run((context) -> {
			EasClient client = context.getBean(EasClient.class);
			for (int i = 0; i < 3; i++) {
				assertThat(call(client).instance().address()).isEqualTo(eas.endpoint());
			}
			eas.discovery().heal();
			await().atMost(PATIENCE).until(() -> isListKnown(context));
			// calls go on with the picker before until that of the list is made
			await().atMost(PATIENCE).until(() -> instances().anyMatch(call(client).instance().address()::equals));
			for (int i = 0; i < 4; i++) {
				assertThat(instances()).contains(call(client).instance().address());
			}
			eas.discovery().empty();
			long asked = eas.discovery().requests();
			await().atMost(PATIENCE).until(() -> eas.discovery().requests() > asked + 2);
			assertThat(instances()).contains(call(client).instance().address());
		});
		assertThat(output.toString().lines().filter((line) -> line.contains("gateway"))).satisfiesExactly(
				(line) -> assertThat(line).contains("WARN",
						"echo: no instance is known; calls go through the gateway at " + eas.endpoint()
								+ " until discovery returns a list"),
				(line) -> assertThat(line).contains("INFO",
						"echo: instances are known; calls go to them and no longer through the gateway"));
	}

	@Test
	void healthIsDownButReportsTheGatewayFallback() {
		eas.discovery().status(500);
		application("eas.discovery.startup=lazy").run((context) -> {
			call(context.getBean(EasClient.class));
			assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
			assertThat(health(context).getDetails()).containsEntry("instances", 0)
				.containsEntry("gatewayFallback", true);
			eas.discovery().heal();
			await().atMost(PATIENCE).until(() -> isListKnown(context));
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
			assertThat(health(context).getDetails()).containsEntry("source", "discovery")
				.doesNotContainKey("gatewayFallback");
		});
	}

	@Test
	void aRetryGoesToAnInstanceOnceThereIsAList() {
		AtomicInteger requests = new AtomicInteger();
		AtomicReference<Mono<?>> list = new AtomicReference<>(Mono.empty());
		try (EasEmulator late = LocalEas.start((request) -> {
			if (requests.incrementAndGet() > 1) {
				return Mono.just(EmulatedResponse.text(200, "ok"));
			}
			return list.get().then(Mono.just(EmulatedResponse.text(503, "not yet")));
		}, 100)) {
			late.discovery().empty();
			list.set(Mono.defer(() -> {
				late.discovery().heal();
				return Mono.empty();
			}));
			LocalEas.application(late, "eas.gateway-fallback=true", "eas.discovery.startup=lazy").run((context) -> {
				list.set(list.get().then(service(context).cache().first()));
				EasResponse<String> answer = call(context.getBean(EasClient.class));
				assertThat(answer.attempts()).isEqualTo(2);
				assertThat(answer.instance().address()).isEqualTo(late.service("echo").instance(0).address());
			});
		}
	}

	@Test
	void theTokenIsSignedAsForInstances() {
		eas.discovery().empty();
		application("eas.discovery.startup=lazy", "eas.services.echo.token=another").run((context) -> {
			EasResponse<byte[]> answer = context.getBean(EasClient.class).post("").exchange().block(PATIENCE);
			assertThat(answer.status().value()).isEqualTo(401);
			assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("the signature doesn't match");
		});
	}

	@Test
	void failureNamesTheGatewayIfItIsGoneToo() {
		eas.discovery().refuse();
		application("eas.discovery.startup=lazy").run((context) -> assertThatExceptionOfType(EasConnectException.class)
			.isThrownBy(() -> call(context.getBean(EasClient.class)))
			.withMessageStartingWith("echo: attempt 3 of 3 on " + eas.endpoint() + ": no connection: ")
			.satisfies((failure) -> assertThat(failure.instance()).extracting(EasInstance::address)
				.isEqualTo(eas.endpoint())));
	}

	@Test
	void startupWaitsForTheFirstListSoThatCallsGoDirect() {
		eas.discovery().late(Duration.ofMillis(300));
		application("eas.discovery.startup-timeout=1m").run((context) -> assertThat(instances())
			.contains(call(context.getBean(EasClient.class)).instance().address()));
	}

	@Test
	void startupContinuesWithTheGatewayAfterTheTimeout() {
		eas.discovery().empty();
		application("eas.discovery.startup-timeout=300ms")
			.run((context) -> assertThat(call(context.getBean(EasClient.class)).instance().address())
				.isEqualTo(eas.endpoint()));
	}

	@Test
	void startupThatRequiresInstancesFailsDespiteTheGateway() {
		eas.discovery().empty();
		application("eas.discovery.startup=fail-fast", "eas.discovery.startup-timeout=300ms")
			.run((context) -> assertThat(context).getFailure().hasRootCauseInstanceOf(EasStartupException.class));
	}

	@Test
	void springLoadBalancerUsesTheGatewayToo() {
		eas.discovery().empty();
		application("eas.discovery.startup=lazy").run((context) -> {
			LoadBalancerClientFactory factory = context.getBean(LoadBalancerClientFactory.class);
			assertThat(choose(factory).getPort()).isEqualTo(eas.port());
			assertThat(factory.getInstance("echo", ServiceInstanceListSupplier.class).get().blockFirst(PATIENCE))
				.singleElement()
				.satisfies((instance) -> assertThat(instance.getPort()).isEqualTo(eas.port()));
			eas.discovery().heal();
			await().atMost(PATIENCE).until(() -> isListKnown(context));
			assertThat(instances()).contains(choose(factory).getInstanceId());
			assertThat(factory.getInstance("echo", ServiceInstanceListSupplier.class).get().blockFirst(PATIENCE))
				.hasSize(2);
		});
	}

	@Test
	void callsWaitForDiscoveryWithoutTheFallback() {
		eas.discovery().empty();
		LocalEas.application(eas, "eas.discovery.startup=lazy")
			.run((context) -> assertThatExceptionOfType(EasNoInstanceException.class)
				.isThrownBy(() -> context.getBean(EasClient.class)
					.post("")
					.timeout(Duration.ofMillis(500))
					.retrieve(String.class)
					.block(PATIENCE)));
	}

	private static ApplicationContextRunner application(String... properties) {
		return LocalEas.application(eas, "eas.gateway-fallback=true").withPropertyValues(properties);
	}

	private static EasResponse<String> call(EasClient client) {
		return client.post("/a b").query("c", "d").body("hello").toEntity(String.class).block(PATIENCE);
	}

	private static void fail(String fault) {
		switch (fault) {
			case "empty" -> eas.discovery().empty();
			case "status" -> eas.discovery().status(500);
			case "garbage" -> eas.discovery().garbage();
			case "reset" -> eas.discovery().reset();
			default -> eas.discovery().silent();
		}
	}

	private static ServiceInstance choose(LoadBalancerClientFactory factory) {
		ReactiveLoadBalancer<ServiceInstance> balancer = factory.getInstance("echo");
		return Mono.from(balancer.choose()).block(PATIENCE).getServer();
	}

	private static Stream<String> instances() {
		return eas.service("echo").instances().stream().map(EmulatedInstance::address);
	}

	private static EasService service(ApplicationContext context) {
		return context.getBean(EasServices.class).service("echo");
	}

	private static boolean isListKnown(ApplicationContext context) {
		return service(context).cache().current() != null;
	}

	private static Health health(ApplicationContext context) {
		return ((ReactiveHealthIndicator) context.getBean(EasHealthContributor.class).getContributor("echo")).health()
			.block(PATIENCE);
	}

}
