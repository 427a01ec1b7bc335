package io.eas.client.call;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

import io.eas.client.EasClient;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.EmulatedResponse;
import io.eas.service.EasService;
import io.eas.service.EasServices;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Instances that fail calls get no more of them, over real sockets.
 */
class LeftOutTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final EasEmulator eas = LocalEas.start((request) -> Mono.just(EmulatedResponse.text(200, "ok")), 100, 100,
			100);

	@AfterEach
	void close() {
		this.eas.close();
	}

	@Test
	void anInstanceThatRefusesConnectionsCostsOneAttempt() {
		withClient((client, service) -> {
			instance(0).refuse();
			assertThat(retries(client, 90)).isEqualTo(1);
		}, "eas.ejection.base-time=5m");
	}

	@ParameterizedTest
	@ValueSource(strings = { "reset", "half", "503" })
	void anInstanceThatFailsCostsThreeAttempts(String fault) {
		withClient((client, service) -> {
			fail(instance(0), fault);
			assertThat(retries(client, 90)).isEqualTo(3);
			assertThat(states(service)).filteredOn((state) -> state.contains("Ejected")).hasSize(1);
		}, "eas.ejection.base-time=5m");
	}

	@Test
	void errorOfTheModelIsNotAFailureOfTheInstance() {
		withClient((client, service) -> {
			for (int index = 0; index < 3; index++) {
				instance(index).status(500);
			}
			callsThatMayFail(client, 90);
			assertThat(instance(0).requests()).isEqualTo(30);
		});
	}

	@Test
	void instanceThatAloneResponds500IsEjected() {
		withClient((client, service) -> {
			instance(0).status(500);
			callsThatMayFail(client, 90);
			assertThat(instance(0).requests()).isEqualTo(3);
		}, "eas.ejection.base-time=5m");
	}

	private static void callsThatMayFail(EasClient client, int count) {
		Flux.range(0, count)
			.concatMap((i) -> client.post("").body("[1]").retrieve(String.class).onErrorReturn("error"))
			.blockLast(PATIENCE);
	}

	@Test
	void recoveredInstanceIsUsedAgain() {
		withClient((client, service) -> {
			instance(0).refuse();
			retries(client, 30);
			instance(0).heal();
			long before = instance(0).requests();
			await().atMost(PATIENCE).untilAsserted(() -> {
				retries(client, 30);
				assertThat(instance(0).requests()).isGreaterThan(before + 10);
			});
		}, "eas.ejection.base-time=500ms");
	}

	@Test
	void silentInstanceDelaysFewCallsAndIsEjected() {
		withClient((client, service) -> {
			calls(client, 300).block(PATIENCE);
			instance(0).late(Duration.ofSeconds(30));
			AtomicInteger answered = new AtomicInteger();
			Flux.range(0, 1_000_000)
				.flatMap((i) -> client.post("")
					.body("[1]")
					.retrieve(String.class)
					.doOnNext((answer) -> answered.incrementAndGet())
					.onErrorReturn("failed"), 16)
				.takeUntil((answer) -> states(service).stream().anyMatch((state) -> state.contains("Ejected")))
				.blockLast(PATIENCE);
			assertThat(answered.get()).isGreaterThan(20);
			long stuck = instance(0).requests() - 100;
			assertThat(stuck).isBetween(3L, 15L);
			calls(client, 300).block(PATIENCE);
			assertThat(instance(0).requests() - 100).isEqualTo(stuck);
		}, "eas.ejection.base-time=5m", "eas.http.response-timeout=30s");
	}

	@Test
	void instanceWhoseSilenceOutlastsWholeCallsIsEjected() {
		withClient((client, service) -> {
			instance(0).late(Duration.ofSeconds(30));
			List<String> answers = Flux.range(0, 60)
				.concatMap((i) -> client.post("").body("[1]").retrieve(String.class).onErrorReturn("failed"))
				.collectList()
				.block(PATIENCE);
			assertThat(answers).filteredOn("failed"::equals).hasSize(3);
			assertThat(states(service)).filteredOn((state) -> state.contains("Ejected")).hasSize(1);
		}, "eas.http.request-timeout=300ms", "eas.ejection.base-time=5m");
	}

	@Test
	void nothingStaysInFlight() {
		withClient((client, service) -> {
			instance(0).reset();
			instance(1).late(Duration.ofSeconds(30));
			Flux.range(0, 60)
				.flatMap((i) -> client.post("").body("[1]").retrieve(String.class).onErrorReturn("failed"), 8)
				.blockLast(PATIENCE);
			client.post("").body("[1]").retrieve(String.class).subscribe().dispose();
			await().atMost(PATIENCE)
				.untilAsserted(
						() -> assertThat(service.selector().states()).allMatch((state) -> state.inFlight() == 0));
		}, "eas.http.request-timeout=200ms", "eas.ejection.enabled=false");
	}

	private int retries(EasClient client, int calls) {
		return Flux.range(0, calls)
			.concatMap((i) -> client.post("").body("[1]").toEntity(String.class))
			.collectList()
			.block(PATIENCE)
			.stream()
			.mapToInt((answer) -> answer.attempts() - 1)
			.sum();
	}

	private static Mono<List<String>> calls(EasClient client, int calls) {
		return Flux.range(0, calls).concatMap((i) -> client.post("").body("[1]").retrieve(String.class)).collectList();
	}

	private static List<String> states(EasService service) {
		return service.selector().states().stream().map(Object::toString).toList();
	}

	private EmulatedInstance instance(int index) {
		return this.eas.service("echo").instance(index);
	}

	private static void fail(EmulatedInstance instance, String fault) {
		switch (fault) {
			case "reset" -> instance.reset();
			case "half" -> instance.half();
			default -> instance.status(Integer.parseInt(fault));
		}
	}

	private void withClient(BiConsumer<EasClient, EasService> test, String... properties) {
		LocalEas.application(this.eas, properties)
			.run((context) -> test.accept(context.getBean(EasClient.class),
					context.getBean(EasServices.class).service("echo")));
	}

}
