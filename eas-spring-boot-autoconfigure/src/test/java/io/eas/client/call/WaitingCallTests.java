package io.eas.client.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

import io.eas.client.EasClient;
import io.eas.client.EasResponse;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedHandler;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.EmulatedResponse;
import io.eas.service.EasService;
import io.eas.service.EasServices;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Calls that wait on an instance that stands still go on elsewhere.
 */
class WaitingCallTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(5);

	private static final int CALLERS = 16;

	/** Without the wait, the callers would only keep the processor busy. */
	private static final EmulatedHandler OK = (request) -> Mono.delay(Duration.ofMillis(50))
		.map((tick) -> EmulatedResponse.text(200, "ok"));

	private final EasEmulator eas = LocalEas.start(OK, 100, 100, 100);

	@AfterEach
	void close() {
		this.eas.close();
	}

	@Test
	void callsThatWaitOnAFrozenInstanceMoveToOthers() {
		withClient((client, service) -> {
			callsFor(client, Duration.ofMillis(500), CALLERS);
			instance(0).late(Duration.ofSeconds(40));
			List<Timed> answers = callsFor(client, Duration.ofSeconds(4), CALLERS);
			assertThat(answers).extracting(Timed::result).containsOnly("ok");
			assertThat(answers).filteredOn((answer) -> answer.attempts() > 1).hasSizeBetween(3, CALLERS);
			assertThat(answers)
				.allSatisfy((answer) -> assertThat(answer.time()).isLessThan(RESPONSE_TIMEOUT.dividedBy(2)));
			await().atMost(PATIENCE)
				.untilAsserted(
						() -> assertThat(service.selector().states()).allMatch((state) -> state.inFlight() == 0));
		});
	}

	@Test
	void callsMoveEvenIfAllOfThemWaitOnTheSameInstance() {
		try (EasEmulator heavy = LocalEas.start(OK, 10_000, 1)) {
			withClient(heavy, (client, service) -> {
				callsFor(client, Duration.ofMillis(500), 4);
				heavy.service("echo").instance(0).late(Duration.ofSeconds(40));
				List<Timed> answers = callsFor(client, Duration.ofSeconds(2), 4);
				assertThat(answers).extracting(Timed::result).containsOnly("ok");
				assertThat(answers)
					.allSatisfy((answer) -> assertThat(answer.time()).isLessThan(RESPONSE_TIMEOUT.dividedBy(2)));
				assertThat(ejected(service)).isTrue();
			});
		}
	}

	@Test
	void callsKeepWaitingIfNoInstanceResponds() {
		withClient((client, service) -> {
			callsFor(client, Duration.ofMillis(500), CALLERS);
			for (int index = 0; index < 3; index++) {
				instance(index).late(Duration.ofSeconds(3));
			}
			List<Timed> answers = callsFor(client, Duration.ofMillis(100), CALLERS);
			assertThat(answers).extracting(Timed::result).containsOnly("ok");
			assertThat(answers).filteredOn((answer) -> answer.attempts() > 1).hasSizeLessThan(CALLERS / 2);
			assertThat(ejected(service)).isFalse();
		});
	}

	@Test
	void failureOfAMovedCallSaysWhereItWaited() {
		withClient((client, service) -> {
			callsFor(client, Duration.ofMillis(500), CALLERS);
			instance(0).late(Duration.ofSeconds(40));
			instance(1).status(500);
			instance(2).status(500);
			List<Timed> answers = callsFor(client, Duration.ofSeconds(2), CALLERS);
			assertThat(answers).extracting(Timed::result)
				.filteredOn((result) -> result.contains("attempt 1 on " + instance(0).address()))
				.isNotEmpty()
				.allMatch((result) -> result.contains("ms; moved to another instance"));
		});
	}

	@Test
	void nonIdempotentCallKeepsWaiting() {
		withClient((client, service) -> {
			callsFor(client, Duration.ofMillis(500), CALLERS);
			instance(0).late(Duration.ofSeconds(3));
			List<EasResponse<String>> waited = new ArrayList<>();
			List<Disposable> calls = new ArrayList<>();
			for (int i = 0; i < 6; i++) {
				calls.add(client.post("")
					.idempotent(false)
					.body("[1]")
					.toEntity(String.class)
					.subscribe((answer) -> add(waited, answer)));
			}
			await().atMost(PATIENCE).until(() -> {
				callsFor(client, Duration.ofMillis(500), CALLERS);
				return ejected(service);
			});
			await().atMost(PATIENCE).untilAsserted(() -> assertThat(calls).allMatch(Disposable::isDisposed));
			assertThat(waited).hasSize(6).extracting(EasResponse::attempts).containsOnly(1);
		});
	}

	@Test
	void callKeepsWaitingIfTheRetryBudgetIsUsedUp() {
		withClient((client, service) -> {
			callsFor(client, Duration.ofMillis(500), CALLERS);
			instance(0).late(Duration.ofSeconds(3));
			List<Timed> answers = callsFor(client, Duration.ofSeconds(2), CALLERS);
			assertThat(answers).extracting(Timed::result).containsOnly("ok");
			assertThat(answers).extracting(Timed::attempts).containsOnly(1);
		}, "eas.retry.budget.ratio=0", "eas.retry.budget.min-per-second=0");
	}

	@Test
	void callKeepsWaitingIfNoOtherInstanceIsInUse() {
		withClient((client, service) -> {
			callsFor(client, Duration.ofMillis(500), CALLERS);
			instance(1).refuse();
			instance(2).refuse();
			callsFor(client, Duration.ofMillis(500), 1);
			instance(0).late(Duration.ofSeconds(2));
			List<Timed> answers = callsFor(client, Duration.ofSeconds(1), 4);
			assertThat(answers).extracting(Timed::result).containsOnly("ok");
		}, "eas.ejection.max-percent=100", "eas.ejection.base-time=1m");
	}

	private static boolean ejected(EasService service) {
		return service.selector().states().stream().anyMatch((state) -> state.toString().contains("Ejected"));
	}

	private static synchronized void add(List<EasResponse<String>> answers, EasResponse<String> answer) {
		answers.add(answer);
	}

	/** The answers to calls of some callers, which begin calls for that long. */
	private static List<Timed> callsFor(EasClient client, Duration time, int callers) {
		AtomicBoolean over = new AtomicBoolean();
		Mono.delay(time).subscribe((tick) -> over.set(true));
		return Flux.range(0, callers)
			.flatMap((caller) -> Mono.defer(() -> call(client)).repeat(() -> !over.get()), callers)
			.collectList()
			.block(PATIENCE);
	}

	private static Mono<Timed> call(EasClient client) {
		long start = System.nanoTime();
		return client.post("")
			.body("[1]")
			.toEntity(String.class)
			.map((answer) -> new Timed(answer.body(), answer.attempts(), since(start)))
			.onErrorResume((ex) -> Mono.just(new Timed(String.valueOf(ex.getMessage()), 0, since(start))));
	}

	private static Duration since(long start) {
		return Duration.ofNanos(System.nanoTime() - start);
	}

	private EmulatedInstance instance(int index) {
		return this.eas.service("echo").instance(index);
	}

	private void withClient(BiConsumer<EasClient, EasService> test, String... properties) {
		withClient(this.eas, test, properties);
	}

	private static void withClient(EasEmulator eas, BiConsumer<EasClient, EasService> test, String... properties) {
		LocalEas.application(eas, properties)
			.run((context) -> test.accept(context.getBean(EasClient.class),
					context.getBean(EasServices.class).service("echo")));
	}

	/**
	 * How a call ended.
	 *
	 * @param result the answer, or what its failure says
	 * @param attempts how many it took; 0 if it failed
	 * @param time how long it took
	 */
	private record Timed(String result, int attempts, Duration time) {
	}

}
