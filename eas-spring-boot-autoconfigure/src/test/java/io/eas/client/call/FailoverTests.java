package io.eas.client.call;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.eas.client.EasClient;
import io.eas.client.EasConnectException;
import io.eas.client.EasConnectionException;
import io.eas.client.EasException;
import io.eas.client.EasResponse;
import io.eas.client.EasStatusException;
import io.eas.client.EasTimeoutException;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.EmulatedResponse;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What a caller notices of instances that fail: nothing, as long as one is left.
 */
class FailoverTests {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

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

	@ParameterizedTest
	@ValueSource(strings = { "refuse", "reset", "half", "450", "502", "503", "504" })
	void noCallFailsWhileOneInstanceIsLeft(String fault) {
		withClient((client) -> {
			fail(instance(0), fault);
			fail(instance(1), fault);
			List<EasResponse<String>> answers = Flux.range(0, 90)
				.flatMap((i) -> client.post("").body("[1]").toEntity(String.class), 8)
				.collectList()
				.block(PATIENCE);
			assertThat(answers).hasSize(90).allSatisfy((answer) -> {
				assertThat(answer.instance().port()).isEqualTo(instance(2).port());
				assertThat(answer.attempts()).isBetween(1, 3);
			});
			assertThat(answers).anySatisfy((answer) -> assertThat(answer.attempts()).isGreaterThan(1));
		});
	}

	@Test
	void killedInstanceFailsNoCall() {
		LocalEas.application(eas).run((context) -> {
			EasClient client = context.getBean(EasClient.class);
			AtomicInteger calls = new AtomicInteger();
			List<String> answers = Flux.range(0, 2000).flatMap((i) -> {
				if (calls.incrementAndGet() == 500) {
					instance(1).kill();
				}
				return client.post("").body("[1]").retrieve(String.class);
			}, 16).collectList().block(PATIENCE);
			instance(1).restart();
			assertThat(answers).hasSize(2000).containsOnly("ok");
		});
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 404, 405, 408, 429, 500 })
	void statusesThatAreResponsesAreNotRetried(int status) {
		withClient((client) -> {
			instances().forEach((instance) -> instance.status(status));
			EasStatusException failure = failure(client.post("").body("[1]").retrieve(String.class),
					EasStatusException.class);
			assertThat(failure.status().value()).isEqualTo(status);
			assertThat(failure.attempt()).isEqualTo(1);
			assertThat(earlierAttempts(failure)).isEmpty();
			assertThat(failure.instance()).isNotNull();
		});
	}

	@Test
	void theErrorNamesEveryAttempt() {
		withClient((client) -> {
			instance(0).status(503);
			instance(1).reset();
			instance(2).refuse();
			EasException failure = failure(client.post("").body("[1]").retrieve(String.class), EasException.class);
			assertThat(failure.service()).isEqualTo("echo");
			// what got no connection doesn't count, if there is another to go to
			int attempts = failure.attempt();
			assertThat(attempts).isBetween(3, 4);
			assertThat(failure.maxAttempts()).isEqualTo(attempts);
			assertThat(earlierAttempts(failure)).extracting(EasException::attempt)
				.containsExactlyElementsOf(IntStream.range(1, attempts).boxed().toList());
			assertThat(failure).hasMessageStartingWith("echo: attempt " + attempts + " of " + attempts + " on ");
			instances().forEach((instance) -> assertThat(failure).hasMessageContaining(instance.address()));
			assertThat(failure).hasMessageContaining("status 503")
				.hasMessageContaining("attempt 1 on ")
				.hasMessageContaining("attempt 2 on ");
		});
	}

	@Test
	void exchangeReturnsTheLastResponseUnchanged() {
		withClient((client) -> {
			instances().forEach((instance) -> instance.status(503));
			EasResponse<byte[]> answer = client.post("").body("[1]").exchange().block(PATIENCE);
			assertThat(answer.status().value()).isEqualTo(503);
			assertThat(answer.attempts()).isEqualTo(3);
			instances().forEach((instance) -> instance.status(404));
			answer = client.post("").body("[1]").exchange().block(PATIENCE);
			assertThat(answer.status().value()).isEqualTo(404);
			assertThat(answer.attempts()).isEqualTo(1);
		});
	}

	@Test
	void nonIdempotentCallIsRetriedOnlyIfItReachedNoInstance() {
		withClient((client) -> {
			instance(0).refuse();
			instance(1).refuse();
			Flux.range(0, 30)
				.concatMap((i) -> client.post("").idempotent(false).retrieve(String.class))
				.as((answers) -> assertThat(answers.collectList().block(PATIENCE)).containsOnly("ok"));
			instances().forEach(EmulatedInstance::heal);
			instances().forEach(EmulatedInstance::reset);
			EasConnectionException failure = failure(client.post("").idempotent(false).retrieve(String.class),
					EasConnectionException.class);
			assertThat(failure.attempt()).isEqualTo(1);
		});
	}

	@Test
	void silentInstanceCausesARetryIfReadTimeoutsAreRetried() {
		LocalEas
			.application(eas, "eas.http.response-timeout=300ms", "eas.http.request-timeout=5s",
					"eas.retry.on=connect,read-timeout")
			.run((context) -> {
				EasClient client = context.getBean(EasClient.class);
				instance(0).freeze();
				List<String> answers = Flux.range(0, 12)
					.concatMap((i) -> client.post("").retrieve(String.class))
					.collectList()
					.block(PATIENCE);
				instance(0).thaw();
				assertThat(answers).hasSize(12).containsOnly("ok");
			});
	}

	@Test
	void aSilentInstanceFailsTheCallByDefault() {
		LocalEas.application(eas, "eas.http.response-timeout=300ms").run((context) -> {
			EasClient client = context.getBean(EasClient.class);
			instances().forEach(EmulatedInstance::freeze);
			EasTimeoutException failure = failure(client.post("").retrieve(String.class), EasTimeoutException.class);
			instances().forEach(EmulatedInstance::thaw);
			assertThat(failure.isDeadline()).isFalse();
			assertThat(failure.attempt()).isEqualTo(1);
			assertThat(failure).hasMessageContaining("no answer within 300 ms (http.response-timeout)");
		});
	}

	@Test
	void theDeadlineHoldsForAllAttemptsTogether() {
		withClient((client) -> {
			instances().forEach((instance) -> instance.late(Duration.ofSeconds(30)));
			long started = System.nanoTime();
			EasTimeoutException failure = failure(
					client.post("").timeout(Duration.ofMillis(400)).retrieve(String.class), EasTimeoutException.class);
			assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(15));
			assertThat(failure.isDeadline()).isTrue();
			assertThat(failure).hasMessageContaining("400 ms");
		});
	}

	@Test
	void theBodyIsEncodedOnceHoweverManyAttempts() {
		withClient((client) -> {
			instance(0).status(503);
			instance(1).status(503);
			Counted body = new Counted();
			int calls = 0;
			int attempts = 0;
			while (attempts <= calls) {
				attempts += client.post("").body(body).toEntity(String.class).block(PATIENCE).attempts();
				calls++;
			}
			assertThat(body.reads).hasValue(calls);
		});
	}

	@Test
	void resilience4jRetryCountsTheRetries() {
		LocalEas.application(eas).run((context) -> {
			EasClient client = context.getBean(EasClient.class);
			instance(0).status(503);
			IntStream.range(0, 30).forEach((i) -> client.post("").retrieve(String.class).block(PATIENCE));
			Retry retry = context.getBean(RetryRegistry.class).find("eas-echo").orElseThrow();
			assertThat(retry.getMetrics().getNumberOfSuccessfulCallsWithRetryAttempt()).isPositive();
			assertThat(retry.getMetrics().getNumberOfSuccessfulCallsWithRetryAttempt()
					+ retry.getMetrics().getNumberOfSuccessfulCallsWithoutRetryAttempt())
				.isEqualTo(30);
		});
	}

	@Test
	void callWithoutConnectionMovesOnEvenWithOneAttempt() {
		LocalEas
			.application(eas, "eas.retry.max-attempts=1", "eas.retry.budget.ratio=0",
					"eas.retry.budget.min-per-second=0")
			.run((context) -> {
				EasClient client = context.getBean(EasClient.class);
				instance(0).refuse();
				instance(1).refuse();
				List<String> answers = Flux.range(0, 30)
					.concatMap((i) -> client.post("").idempotent(false).retrieve(String.class))
					.collectList()
					.block(PATIENCE);
				assertThat(answers).hasSize(30).containsOnly("ok");
			});
	}

	@Test
	void callWithoutConnectionDoesNotMoveIfConnectFailuresAreNotRetried() {
		LocalEas.application(eas, "eas.retry.on=reset").run((context) -> {
			instances().forEach(EmulatedInstance::refuse);
			assertThat(
					failure(context.getBean(EasClient.class).post("").retrieve(String.class), EasConnectException.class)
						.attempt())
				.isEqualTo(1);
		});
	}

	@Test
	void retryOfTheApplicationMayDeclineARetry() {
		RetryRegistry retries = RetryRegistry
			.of(RetryConfig.custom().ignoreExceptions(EasConnectException.class).build());
		retries.retry("eas-echo");
		LocalEas.application(eas).withBean(RetryRegistry.class, () -> retries).run((context) -> {
			instances().forEach(EmulatedInstance::refuse);
			assertThat(
					failure(context.getBean(EasClient.class).post("").retrieve(String.class), EasConnectException.class)
						.attempt())
				.isEqualTo(1);
		});
	}

	@Test
	void retryOfTheApplicationSetsPausesButNeverWidensTheRules() {
		RetryRegistry retries = RetryRegistry
			.of(RetryConfig.custom().maxAttempts(5).waitDuration(Duration.ofMillis(1)).build());
		LocalEas.application(eas).withBean(RetryRegistry.class, () -> retries).run((context) -> {
			retries.retry("eas-echo");
			EasClient client = context.getBean(EasClient.class);
			instances().forEach(EmulatedInstance::reset);
			EasException failure = failure(client.post("").idempotent(false).retrieve(String.class),
					EasException.class);
			assertThat(failure.attempt()).isEqualTo(1);
			instances().forEach((instance) -> instance.status(401));
			assertThat(client.post("").exchange().block(PATIENCE).attempts()).isEqualTo(1);
		});
	}

	@Test
	void errorResponseThatEchoesTheTokenDoesNotShowIt() {
		try (EasEmulator echo = LocalEas.start(
				(request) -> Mono
					.just(EmulatedResponse.text(400, "x".repeat(190) + " you sent " + request.header("Authorization"))),
				100)) {
			LocalEas
				.application(echo, "eas.auth.scheme=bearer", "eas.token=a-token-that-is-rather-long",
						"eas.services.echo.token=" + LocalEas.TOKEN)
				.run((context) -> {
					EasException failure = failure(context.getBean(EasClient.class).get("").retrieve(String.class),
							EasException.class);
					assertThat(failure).hasMessageContaining("status 400").hasMessageContaining("xxx");
					assertThat(failure.getMessage()).doesNotContain(LocalEas.TOKEN);
				});
		}
	}

	@Test
	void pauseLongerThanTheRemainingTimeIsNotWaitedFor() {
		LocalEas
			.application(eas, "eas.retry.backoff.initial=10s", "eas.retry.backoff.max=10s",
					"eas.retry.backoff.jitter=0")
			.run((context) -> {
				instances().forEach(EmulatedInstance::reset);
				long started = System.nanoTime();
				EasConnectionException failure = failure(
						context.getBean(EasClient.class).get("").timeout(Duration.ofSeconds(9)).retrieve(String.class),
						EasConnectionException.class);
				assertThat(failure).hasMessageContaining("the connection broke")
					.hasMessageContaining("; not tried again: the call has ")
					.hasMessageContaining("the next attempt is due in 10000 ms");
				assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(8));
			});
	}

	@Test
	void aRateLimitIsWaitedFor() {
		AtomicInteger calls = new AtomicInteger();
		try (EasEmulator limited = LocalEas.start((request) -> Mono.just(
				(calls.incrementAndGet() == 1) ? EmulatedResponse.text(429, "slow down").withHeader("Retry-After", "1")
						: EmulatedResponse.text(200, "ok")),
				100, 100)) {
			LocalEas.application(limited, "eas.retry.on-statuses=429").run((context) -> {
				long started = System.nanoTime();
				EasResponse<String> answer = context.getBean(EasClient.class)
					.get("")
					.toEntity(String.class)
					.block(PATIENCE);
				assertThat(answer.attempts()).isEqualTo(2);
				assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
			});
		}
	}

	@Test
	void rateLimitLongerThanTheRemainingTimeFailsTheCall() {
		try (EasEmulator limited = LocalEas.start(
				(request) -> Mono.just(EmulatedResponse.text(429, "slow down").withHeader("Retry-After", "3600")), 100,
				100)) {
			LocalEas.application(limited, "eas.retry.on-statuses=429").run((context) -> {
				EasStatusException failure = failure(context.getBean(EasClient.class).get("").retrieve(String.class),
						EasStatusException.class);
				assertThat(failure.status().value()).isEqualTo(429);
				assertThat(failure.attempt()).isEqualTo(1);
			});
		}
	}

	@Test
	void onlyInstanceIsRetriedItself() {
		LocalEas.application()
			.withPropertyValues("eas.services.lone.mode=static", "eas.services.lone.auth.scheme=none",
					"eas.services.lone.instances=127.0.0.1:1")
			.run((context) -> {
				EasConnectException failure = failure(context.getBean(EasClient.class).get("").retrieve(String.class),
						EasConnectException.class);
				assertThat(failure.attempt()).isEqualTo(3);
				assertThat(failure).hasMessageContaining("no connection");
				assertThat(context.getBean(RetryRegistry.class).find("eas-lone")).isPresent();
			});
	}

	private static void withClient(Consumer<EasClient> test) {
		LocalEas.application(eas).run((context) -> test.accept(context.getBean(EasClient.class)));
	}

	private static <T extends EasException> T failure(Mono<?> call, Class<T> type) {
		return catchThrowableOfType(type, () -> call.block(PATIENCE));
	}

	/** The suppressed ones, without what {@code block()} adds. */
	private static List<EasException> earlierAttempts(EasException failure) {
		return Arrays.stream(failure.getSuppressed())
			.filter(EasException.class::isInstance)
			.map(EasException.class::cast)
			.toList();
	}

	private static void fail(EmulatedInstance instance, String fault) {
		switch (fault) {
			case "refuse" -> instance.refuse();
			case "reset" -> instance.reset();
			case "half" -> instance.half();
			default -> instance.status(Integer.parseInt(fault));
		}
	}

	private static List<EmulatedInstance> instances() {
		return eas.service("echo").instances();
	}

	private static EmulatedInstance instance(int index) {
		return eas.service("echo").instance(index);
	}

	/** Counts how often it is written. */
	static final class Counted {

		private final AtomicInteger reads = new AtomicInteger();

		public Map<String, Integer> getContent() {
			this.reads.incrementAndGet();
			return Map.of("n", 1);
		}

	}

}
