package io.eas.client.call;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

import io.eas.client.EasClient;
import io.eas.client.EasClients;
import io.eas.client.EasConnectException;
import io.eas.client.EasException;
import io.eas.client.EasRequest;
import io.eas.client.EasStatusException;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.EmulatedResponse;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What instances that all fail are spared of, and what their callers see.
 */
class RetryStormTests {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final int RESERVE = 100;

	private static final int CALLERS = 16;

	private static final String USED_UP = "; not tried again: the retry budget of the service is used up "
			+ "(retry.budget.ratio 0.2, retry.budget.min-per-second 10)";

	private static EasEmulator eas;

	@BeforeAll
	static void start() {
		eas = LocalEas.start((request) -> Mono.just(EmulatedResponse.text(200, "ok")), 100, 100, 100);
	}

	@AfterAll
	static void stop() {
		eas.close();
	}

	@AfterEach
	void heal() {
		instances().forEach(EmulatedInstance::heal);
	}

	@Test
	void totalOutageCausesFewMoreAttemptsThanCalls() {
		withClient((client) -> {
			instances().forEach(EmulatedInstance::refuse);
			long started = System.nanoTime();
			List<EasException> failures = failures(client, 3000);
			assertThat(failures).hasSize(3000).hasOnlyElementsOfType(EasConnectException.class);
			assertThat(attempts(failures)).isGreaterThan(3000 + RESERVE).isLessThanOrEqualTo(most(3000, started));
		});
	}

	@Test
	void retriesDoNotAmplifyFullQueues() {
		withClient((client) -> {
			instances().forEach((instance) -> instance.status(450));
			long before = requests();
			long started = System.nanoTime();
			List<EasException> failures = failures(client, 1000);
			assertThat(failures).hasSize(1000).hasOnlyElementsOfType(EasStatusException.class);
			assertThat(requests() - before).isEqualTo(attempts(failures))
				.isGreaterThan(1000 + RESERVE)
				.isLessThanOrEqualTo(most(1000, started));
		});
	}

	@Test
	void failureSaysThatTheBudgetIsUsedUp() {
		withClient((client) -> {
			instances().forEach(EmulatedInstance::refuse);
			List<EasException> failures = failures(client, 500);
			List<EasException> refused = failures.stream().filter((failure) -> failure.attempt() < 3).toList();
			assertThat(refused).hasSizeGreaterThan(200).allSatisfy((failure) -> {
				assertThat(failure).hasMessageStartingWith("echo: attempt " + failure.attempt() + " of 3 on 127.0.0.1:")
					.hasMessageContaining(": no connection: ")
					.hasMessageEndingWith(USED_UP);
				assertThat(failure.toString()).endsWith(USED_UP);
				assertThat(failure.isRetryable()).isTrue();
				assertThat(failure.getSuppressed()).hasSize(failure.attempt() - 1);
			});
			assertThat(failures).filteredOn((failure) -> failure.attempt() == 3)
				.isNotEmpty()
				.allSatisfy((failure) -> assertThat(failure.getMessage()).doesNotContain("not tried again"));
		});
	}

	@Test
	void exchangeReturnsTheResponseThatTheBudgetDidNotLetRetry() {
		withClient((client) -> {
			instances().forEach((instance) -> instance.status(450));
			assertThat(client.post("").exchange().block(PATIENCE))
				.satisfies((answer) -> assertThat(answer.status().value()).isEqualTo(450))
				.satisfies((answer) -> assertThat(answer.attempts()).isEqualTo(1));
		}, "eas.retry.budget.ratio=0", "eas.retry.budget.min-per-second=0");
	}

	@Test
	void callsSucceedAgainOnceTheInstancesRecover() {
		withClient((client) -> {
			instances().forEach((instance) -> instance.status(450));
			failures(client, 300);
			instances().forEach(EmulatedInstance::heal);
			assertThat(failures(client, 50)).isEmpty();
		});
	}

	@Test
	void nothingIsRetriedWithoutABudget() {
		withClient((client) -> {
			instances().forEach((instance) -> instance.status(503));
			assertThat(failures(client, 100)).hasSize(100).allMatch((failure) -> failure.attempt() == 1);
		}, "eas.retry.budget.ratio=0", "eas.retry.budget.min-per-second=0", "eas.ejection.enabled=false");
	}

	@Test
	void retryOfTheApplicationHasTheSameBudget() {
		RetryRegistry retries = RetryRegistry
			.of(RetryConfig.custom().maxAttempts(5).waitDuration(Duration.ofMillis(1)).build());
		retries.retry("eas-echo");
		LocalEas.application(eas).withBean(RetryRegistry.class, () -> retries).run((context) -> {
			instances().forEach(EmulatedInstance::refuse);
			long started = System.nanoTime();
			List<EasException> failures = failures(context.getBean(EasClient.class), 1000);
			assertThat(attempts(failures)).isGreaterThan(1000 + RESERVE).isLessThanOrEqualTo(most(1000, started));
			assertThat(failures).anyMatch((failure) -> failure.attempt() == 5)
				.anyMatch((failure) -> failure.getMessage().endsWith(USED_UP));
		});
	}

	@Test
	void budgetIsNotChargedForFailuresThatAreNotRetried() {
		withClient((client) -> {
			instances().forEach((instance) -> instance.status(404));
			assertThat(failures(client, 20)).hasSize(20);
			instances().forEach(EmulatedInstance::reset);
			failures((body) -> client.post("").body(body).idempotent(false), 20)
				.forEach((failure) -> assertThat(failure.attempt()).isEqualTo(1));
			instances().forEach((instance) -> instance.status(503));
			assertThat(client.post("").exchange().block(PATIENCE).attempts()).isEqualTo(3);
		}, "eas.retry.budget.ratio=0", "eas.retry.budget.min-per-second=1");
	}

	@Test
	void budgetIsNotChargedForAnAttemptThatTheDeadlinePrevents() {
		withClient((client) -> {
			instances().forEach((instance) -> instance.status(503));
			assertThat(failures((body) -> client.post("").body(body).timeout(Duration.ofSeconds(3)), 16)).hasSize(16)
				.allSatisfy((failure) -> {
					assertThat(failure).isInstanceOf(EasStatusException.class)
						.hasMessageContaining("status 503")
						.hasMessageContaining("the next attempt is due in 5000 ms");
					assertThat(failure.attempt()).isEqualTo(1);
				});
			assertThat(client.post("").timeout(PATIENCE).exchange().block(PATIENCE).attempts()).isEqualTo(2);
		}, "eas.retry.budget.ratio=0", "eas.retry.budget.min-per-second=1", "eas.retry.max-attempts=2",
				"eas.retry.backoff.initial=5s", "eas.retry.backoff.max=5s", "eas.retry.backoff.jitter=0");
	}

	@Test
	void eachServiceHasABudgetOfItsOwn() {
		LocalEas.application(eas, "eas.services.other.service-name=echo", "eas.retry.budget.min-per-second=1")
			.run((context) -> {
				EasClients clients = context.getBean(EasClients.class);
				instances().forEach((instance) -> instance.status(450));
				assertThat(failures(clients.get("echo"), 500)).anyMatch((failure) -> failure.attempt() == 1);
				assertThat(clients.get("other").post("").exchange().block(PATIENCE).attempts()).isEqualTo(3);
			});
	}

	/**
	 * What calls may take: the reserve comes anew after 10 s, and what was in flight when
	 * an instance was left out went on for free, as did the one that had it left out.
	 */
	private static long most(int calls, long started) {
		long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started);
		return calls + calls / 5 + RESERVE * (1 + seconds / 10) + CALLERS + 3 * (1 + seconds);
	}

	private static long attempts(List<EasException> failures) {
		return failures.stream().mapToLong(EasException::attempt).sum();
	}

	private static List<EasException> failures(EasClient client, int calls) {
		return failures((body) -> client.post("").body(body), calls);
	}

	private static List<EasException> failures(Function<String, EasRequest> request, int calls) {
		return Flux.range(0, calls)
			.flatMap((i) -> request.apply("[1]")
				.retrieve(String.class)
				.then(Mono.<EasException>empty())
				.onErrorResume(EasException.class, Mono::just), CALLERS)
			.collectList()
			.block(PATIENCE);
	}

	private static void withClient(Consumer<EasClient> test, String... properties) {
		LocalEas.application(eas, properties).run((context) -> test.accept(context.getBean(EasClient.class)));
	}

	private static List<EmulatedInstance> instances() {
		return eas.service("echo").instances();
	}

	private static long requests() {
		return instances().stream().mapToLong(EmulatedInstance::requests).sum();
	}

}
