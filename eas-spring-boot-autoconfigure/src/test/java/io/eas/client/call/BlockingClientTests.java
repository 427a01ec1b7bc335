package io.eas.client.call;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

import io.eas.Eas;
import io.eas.client.EasBlockingClient;
import io.eas.client.EasBlockingRequest;
import io.eas.client.EasClients;
import io.eas.client.EasResponse;
import io.eas.client.EasStatusException;
import io.eas.client.EasTimeoutException;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedResponse;
import io.eas.service.ServiceSettings.Mode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Callers that wait for the response without a {@code Mono}.
 */
class BlockingClientTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final EasEmulator eas = EasEmulator.builder()
		.admin(false)
		.service("mnist", (service) -> service.token("abc").instances(2, (instance) -> instance.handler((request) -> {
			if (request.path().endsWith("/never")) {
				return Mono.never();
			}
			if (request.path().endsWith("/headers")) {
				return Mono.just(EmulatedResponse.text(200,
						String.join(" ",
								Stream.of("X-A", "Content-Type", "Accept", "X-Request-Id")
									.map((name) -> String.valueOf(request.header(name)))
									.toList())));
			}
			if (request.path().endsWith("/empty")) {
				return Mono.just(EmulatedResponse.text(200, ""));
			}
			return Mono.just(EmulatedResponse.json(200,
					"{\"got\":\"" + request.uri() + new String(request.body(), StandardCharsets.UTF_8) + "\"}"));
		})))
		.build()
		.start();

	private final EasClients clients = Eas.builder()
		.endpoint(this.eas.endpoint())
		.token("abc")
		.discovery((discovery) -> discovery.allowedNetworks("127.0.0.0/8"))
		.service("mnist")
		.build();

	private final EasBlockingClient client = this.clients.get("mnist").blocking();

	@AfterEach
	void close() {
		this.clients.close();
		this.eas.close();
	}

	@Test
	void returnsWhatTheModelAnswers() {
		assertThat(this.client.predict("x", Map.class)).isEqualTo(Map.of("got", "/api/predict/mnistx"));
		assertThat(this.client.predict("x", new ParameterizedTypeReference<Map<String, String>>() {
		})).containsKey("got");
		assertThat(this.client.post("/a").query("n", 1).body(List.of(1)).retrieve(String.class))
			.isEqualTo("{\"got\":\"/api/predict/mnist/a?n=1[1]\"}");
		assertThat(this.client.get("/empty").retrieve(String.class)).isNull();
		EasResponse<String> answer = this.client.get("/b").toEntity(String.class);
		assertThat(answer.attempts()).isEqualTo(1);
		assertThat(this.client.get("/b").toEntity(new ParameterizedTypeReference<Map<String, String>>() {
		}).body()).containsKey("got");
	}

	@Test
	void headersOfTheRequestAreSent() {
		assertThat(this.client.post("/headers")
			.header("X-A", "a")
			.contentType(MediaType.TEXT_PLAIN)
			.accept(MediaType.APPLICATION_JSON)
			.requestId("id-1")
			.retrieve(String.class)).isEqualTo("a text/plain application/json id-1");
	}

	@Test
	void limitsOfTheRequestApply() {
		List<Function<Duration, EasBlockingRequest>> limits = List.of(this.client.get("")::timeout,
				this.client.get("")::responseTimeout, this.client.get("")::firstEventTimeout,
				this.client.get("")::nextEventTimeout, this.client.get("")::streamTimeout);
		assertThat(limits).allSatisfy((limit) -> {
			assertThat(limit.apply(Duration.ofSeconds(9)).retrieve(String.class)).contains("got");
			assertThatIllegalArgumentException().isThrownBy(() -> limit.apply(Duration.ZERO));
		});
	}

	@Test
	void callThatIsNotIdempotentIsMadeOnce() {
		this.eas.service("mnist").instances().forEach((instance) -> instance.status(503));
		assertThat(this.client.post("").idempotent(false).hashKey("session").exchange().attempts()).isEqualTo(1);
	}

	@Test
	void failuresSayWhereTheCallWasMade() {
		this.eas.service("mnist").instances().forEach((instance) -> instance.status(503));
		assertThatExceptionOfType(EasStatusException.class).isThrownBy(() -> this.client.predict("x", String.class))
			.satisfies((ex) -> assertThat(ex).hasStackTraceContaining("failuresSayWhereTheCallWasMade"));
		assertThat(this.client.post("").exchange().status().value()).isEqualTo(503);
	}

	@Test
	void callsEndWithinTheirTime() {
		assertThatExceptionOfType(EasTimeoutException.class)
			.isThrownBy(() -> this.client.get("/never").timeout(Duration.ofMillis(200)).retrieve(String.class))
			.withMessageContaining("200 ms");
	}

	@Test
	void interruptingTheThreadCancelsTheCall() throws Exception {
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		Thread caller = new Thread(() -> {
			try {
				this.client.get("/never").retrieve(String.class);
			}
			catch (RuntimeException ex) {
				failure.complete(ex);
			}
			interrupted.complete(Thread.currentThread().isInterrupted());
		});
		caller.start();
		await().atMost(PATIENCE).until(() -> inFlight() == 1);
		caller.interrupt();
		assertThat(failure.get(60, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class)
			.hasMessageContaining("mnist: the thread was interrupted")
			.hasCauseInstanceOf(InterruptedException.class);
		assertThat(interrupted.get(60, TimeUnit.SECONDS)).isTrue();
		await().atMost(PATIENCE).until(() -> inFlight() == 0);
	}

	@Test
	void aThreadThatIsInterruptedSendsNothing() {
		boolean interrupted;
		Thread.currentThread().interrupt();
		try {
			assertThatExceptionOfType(CancellationException.class)
				.isThrownBy(() -> this.client.post("").body("x").retrieve(String.class))
				.withMessage("mnist: the thread is interrupted, and the call isn't made");
		}
		finally {
			interrupted = Thread.interrupted();
		}
		assertThat(interrupted).isTrue();
		assertThat(inFlight()).isZero();
		assertThat(this.client.get("/b").toEntity(String.class).attempts()).isEqualTo(1);
		assertThat(this.eas.service("mnist").instances().stream().mapToLong((one) -> one.requests()).sum())
			.isEqualTo(1);
	}

	@Test
	void waitingForTheFirstTokenEndsWithinTheTimeOfTheCall() {
		try (EasClients locked = Eas.builder()
			.mode(Mode.STATIC)
			.instances(this.eas.service("mnist").instance(0).address())
			.tokenSupplier((alias) -> Mono.never())
			.service("mnist")
			.build()) {
			EasBlockingRequest request = locked.get("mnist").blocking().get("").timeout(Duration.ofMillis(200));
			assertThatExceptionOfType(EasTimeoutException.class).isThrownBy(() -> request.retrieve(String.class))
				.withMessage("mnist: no answer within 200 ms, the time of the whole call (http.request-timeout); "
						+ "the EasTokenSupplier has given no token so far");
		}
	}

	private long inFlight() {
		return ((ServiceClient) this.clients.get("mnist")).inFlight();
	}

	@Test
	void anEventLoopIsToldNotToBlock() {
		Mono<String> call = this.clients.get("mnist")
			.predict("x", String.class)
			.map((answer) -> String.valueOf(this.client.predict(answer, String.class)));
		assertThatIllegalStateException().isThrownBy(() -> call.block(PATIENCE))
			.withMessageContaining("mnist: a call must not block the thread eas-http-")
			.withMessageContaining("use the Mono of EasClient");
	}

}
