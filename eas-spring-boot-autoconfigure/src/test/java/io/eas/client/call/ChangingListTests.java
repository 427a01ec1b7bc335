package io.eas.client.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.eas.client.EasClient;
import io.eas.client.EasNoInstanceException;
import io.eas.discovery.InstanceCache;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.EmulatedResponse;
import io.eas.health.EasHealthContributor;
import io.eas.service.EasServices;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Calls while the list of instances changes, or discovery fails.
 */
class ChangingListTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@Test
	void anInstanceWhoseWeightTurnsZeroGetsNoCallAfterOnePoll() {
		try (EasEmulator eas = LocalEas.start((request) -> Mono.just(EmulatedResponse.text(200, "ok")), 100, 100)) {
			LocalEas.application(eas).run((context) -> {
				EasClient client = context.getBean(EasClient.class);
				EmulatedInstance drained = eas.service("echo").instance(0);
				call(client, 20);
				assertThat(drained.requests()).isPositive();
				drained.setWeight(0);
				awaitPolls(eas, 2);
				long before = drained.requests();
				call(client, 50);
				assertThat(drained.requests()).isEqualTo(before);
			});
		}
	}

	@ParameterizedTest
	@CsvSource({ "true, 2", "false, 1" })
	void muchShorterListIsUsedOnceItIsConfirmed(boolean confirm, int polls) {
		try (EasEmulator eas = LocalEas.start((request) -> Mono.just(EmulatedResponse.text(200, "ok")), 100, 100,
				100)) {
			LocalEas.application(eas).withPropertyValues("eas.discovery.confirm-shrink=" + confirm).run((context) -> {
				InstanceCache cache = context.getBean(EasServices.class).service("echo").cache();
				eas.discovery().status(500);
				awaitPolls(eas, 2);
				eas.service("echo").instance(0).unlist();
				eas.service("echo").instance(1).unlist();
				long before = eas.discovery().requests();
				eas.discovery().heal();
				Awaitility.await().until(() -> cache.current().size() == 1);
				assertThat(eas.discovery().requests()).isGreaterThanOrEqualTo(before + polls);
			});
		}
	}

	@Test
	void connectionsToAnInstanceThatLeftCloseOnceItsCallsHaveEnded() {
		Sinks.Empty<Void> release = Sinks.empty();
		try (EasEmulator eas = LocalEas.start((request) -> request.path().endsWith("/slow")
				? release.asMono().thenReturn(EmulatedResponse.text(200, "slow"))
				: Mono.just(EmulatedResponse.text(200, "ok")), 100, 100)) {
			LocalEas.application(eas).run((context) -> {
				EasClient client = context.getBean(EasClient.class);
				EmulatedInstance leaving = eas.service("echo").instance(0);
				call(client, 20);
				List<CompletableFuture<String>> slow = Flux.range(0, 4)
					.map((i) -> client.get("/slow").retrieve(String.class).toFuture())
					.collectList()
					.block(PATIENCE);
				Awaitility.await().until(() -> totalRequests(eas) == 24);
				leaving.unlist();
				awaitPolls(eas, 2);
				long before = leaving.requests();
				call(client, 20);
				assertThat(leaving.requests()).isEqualTo(before);
				assertThat(slow).noneMatch(CompletableFuture::isDone);
				assertThat(openConnections(leaving.port())).isPositive();
				release.tryEmitEmpty();
				assertThat(slow).allSatisfy((answer) -> assertThat(answer.get()).isEqualTo("slow"));
				Awaitility.await().until(() -> openConnections(leaving.port()) == 0);
				assertThat(openConnections(eas.service("echo").instance(1).port())).isPositive();
			});
		}
	}

	/** A pool that is closed while a call asks it for a connection may never answer. */
	@Test
	void noCallWaitsForAConnectionFromAPoolThatIsClosed() {
		try (EasEmulator eas = LocalEas.start((request) -> Mono.just(EmulatedResponse.text(200, "ok")), 100, 100)) {
			LocalEas.application(eas, "eas.http.response-timeout=2s", "eas.http.request-timeout=4s").run((context) -> {
				EasClient client = context.getBean(EasClient.class);
				ServiceClient connections = (ServiceClient) client;
				call(client, 10);
				Disposable closing = Flux.interval(Duration.ofNanos(200_000), Schedulers.boundedElastic())
					.onBackpressureDrop()
					.subscribe((tick) -> connections.retain(Set.of()));
				assertThat(Flux.range(0, 16)
					.flatMap((caller) -> client.get("").retrieve(String.class).repeat(() -> !closing.isDisposed()), 16)
					.doOnSubscribe((calls) -> Mono.delay(Duration.ofSeconds(3)).subscribe((tick) -> closing.dispose()))
					.count()
					.block(PATIENCE)).isPositive();
			});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "500", "empty", "garbage", "silent", "reset", "refuse" })
	void callsContinueIfDiscoveryFails(String fault) {
		try (EasEmulator eas = LocalEas.start((request) -> Mono.just(EmulatedResponse.text(200, "ok")), 100, 100)) {
			LocalEas.application(eas, "eas.discovery.timeout=100ms").run((context) -> {
				EasClient client = context.getBean(EasClient.class);
				call(client, 10);
				switch (fault) {
					case "500" -> eas.discovery().status(500);
					case "empty" -> eas.discovery().empty();
					case "garbage" -> eas.discovery().garbage();
					case "silent" -> eas.discovery().silent();
					case "reset" -> eas.discovery().reset();
					default -> eas.discovery().refuse();
				}
				awaitFailures(context, 3);
				call(client, 100);
				assertThat(health(context).getStatus()).isEqualTo(Status.UP);
				assertThat(health(context).getDetails()).containsEntry("instances", 2)
					.containsKeys("ageSeconds", "lastSuccess", "lastFailure")
					.hasEntrySatisfying("failedPolls", (polls) -> assertThat((int) polls).isGreaterThanOrEqualTo(3));
				EmulatedInstance instance = eas.service("echo").instance(0);
				instance.setWeight(0);
				eas.discovery().heal();
				Awaitility.await().until(() -> failures(context) == 0);
				// the poll is known a moment before calls go by its list
				Awaitility.await().until(() -> {
					long before = instance.requests();
					call(client, 20);
					return instance.requests() == before;
				});
			});
		}
	}

	@Test
	void aCallBeforeTheFirstListWaitsForIt() {
		try (EasEmulator eas = LocalEas.start((request) -> Mono.just(EmulatedResponse.text(200, "ok")), 100)) {
			eas.discovery().status(503);
			LocalEas.application(eas, "eas.discovery.startup=lazy").run((context) -> {
				CompletableFuture<String> call = context.getBean(EasClient.class)
					.predict("{}", String.class)
					.toFuture();
				awaitFailures(context, 1);
				assertThat(call).isNotDone();
				eas.discovery().heal();
				assertThat(call.get()).isEqualTo("ok");
			});
		}
	}

	@Test
	void waitingCallEndsWithTheApplication() throws Exception {
		List<CompletableFuture<String>> calls = new ArrayList<>();
		List<EasClient> clients = new ArrayList<>();
		try (EasEmulator eas = LocalEas.start((request) -> Mono.just(EmulatedResponse.text(200, "ok")), 100)) {
			eas.discovery().status(503);
			LocalEas.application(eas, "eas.discovery.startup=lazy", "spring.lifecycle.timeout-per-shutdown-phase=300ms")
				.run((context) -> {
					clients.add(context.getBean(EasClient.class));
					calls.add(clients.get(0).predict("{}", String.class).toFuture());
					assertThat(calls.get(0)).isNotDone();
				});
			assertThat(calls.get(0)).failsWithin(PATIENCE)
				.withThrowableThat()
				.withRootCauseInstanceOf(EasNoInstanceException.class)
				.withMessageContaining("is stopping");
			assertThatExceptionOfType(EasNoInstanceException.class)
				.isThrownBy(() -> clients.get(0).predict("{}", String.class).block(PATIENCE))
				.withMessageContaining("is stopping");
		}
	}

	@Test
	void callWithoutAListFailsWithTheFailureOfDiscovery() {
		try (EasEmulator eas = LocalEas.start((request) -> Mono.just(EmulatedResponse.text(200, "ok")), 100)) {
			eas.discovery().status(503);
			LocalEas.application(eas, "eas.discovery.startup=lazy").run((context) -> {
				awaitFailures(context, 1);
				EasClient client = context.getBean(EasClient.class);
				assertThatExceptionOfType(EasNoInstanceException.class).isThrownBy(
						() -> client.post("").timeout(Duration.ofMillis(300)).retrieve(String.class).block(PATIENCE))
					.withMessageContaining("echo: no answer within 300 ms")
					.withMessageContaining(eas.endpoint())
					.withMessageContaining("status 503")
					.satisfies((failure) -> assertThat(failure.attempt()).isZero());
			});
		}
	}

	private static void call(EasClient client, int times) {
		assertThat(Flux.range(0, times)
			.flatMap((i) -> client.predict("{}", String.class), 8)
			.collectList()
			.block(PATIENCE)).hasSize(times).containsOnly("ok");
	}

	private static long totalRequests(EasEmulator eas) {
		return eas.service("echo").instances().stream().mapToLong(EmulatedInstance::requests).sum();
	}

	private static void awaitPolls(EasEmulator eas, int polls) {
		long before = eas.discovery().requests();
		Awaitility.await().until(() -> eas.discovery().requests() > before + polls);
	}

	private static void awaitFailures(ApplicationContext context, int failures) {
		Supplier<Integer> current = () -> failures(context);
		Awaitility.await().until(() -> current.get() >= failures);
	}

	private static Health health(ApplicationContext context) {
		ReactiveHealthContributor echo = context.getBean(EasHealthContributor.class).getContributor("echo");
		return ((ReactiveHealthIndicator) echo).health().block(PATIENCE);
	}

	private static int failures(ApplicationContext context) {
		return context.getBean(EasServices.class).service("echo").cache().state().failures();
	}

	/** Established connections of this machine to a port, as the kernel lists them. */
	private static long openConnections(int port) {
		return ProcNet.established(port);
	}

}
