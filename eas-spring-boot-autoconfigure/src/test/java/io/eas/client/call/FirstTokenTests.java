package io.eas.client.call;

import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.eas.Eas;
import io.eas.client.EasClients;
import io.eas.client.EasNoInstanceException;
import io.eas.client.EasTimeoutException;
import io.eas.client.auth.AuthScheme;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedResponse;
import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.weighted.WeightedRoundRobin;
import io.eas.service.ServiceSettings.Mode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * A call that waits for the first token of a supplier is a call under way like any other.
 */
class FirstTokenTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final EasEmulator eas = EasEmulator.builder()
		.admin(false)
		.service("mnist",
				(service) -> service.instance((instance) -> instance
					.handler((request) -> Mono.just(EmulatedResponse.text(200, request.header("Authorization"))))))
		.build()
		.start();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final Sinks.One<String> vault = Sinks.one();

	private final Set<Thread> pickers = ConcurrentHashMap.newKeySet();

	private final EasClients clients = Eas.builder()
		.mode(Mode.STATIC)
		.instances(this.eas.service("mnist").instance(0).address())
		.authScheme(AuthScheme.TOKEN)
		.tokenSupplier((alias) -> this.vault.asMono())
		.meterRegistry(this.meters)
		.loadBalancer((loadBalancer) -> loadBalancer.algorithm(this::picker))
		.service("mnist")
		.build();

	@AfterEach
	void close() {
		this.clients.close();
		this.eas.close();
	}

	@Test
	void waitCountsAsACallInFlightUntilTheAnswer() {
		CompletableFuture<String> call = this.clients.get("mnist").predict("x", String.class).toFuture();
		assertThat(inFlight()).isOne();
		this.vault.tryEmitValue("late");
		assertThat(call).succeedsWithin(PATIENCE).isEqualTo("late");
		await().atMost(PATIENCE).until(() -> inFlight() == 0);
	}

	@Test
	void waitingCallsDoNotKeepTheThreadOfTheSupplier() {
		CompletableFuture<String> call = this.clients.get("mnist").predict("x", String.class).toFuture();
		this.vault.tryEmitValue("late");
		assertThat(call).succeedsWithin(PATIENCE);
		assertThat(this.pickers).isNotEmpty().doesNotContain(Thread.currentThread());
	}

	/** Notes the threads on which attempts begin. */
	private InstancePicker picker(Candidates candidates) {
		InstancePicker picker = WeightedRoundRobin.leastRequest(new Random(1)).create(candidates);
		return (tried, hashKey) -> {
			this.pickers.add(Thread.currentThread());
			return picker.pick(tried, hashKey);
		};
	}

	@Test
	void waitIsPartOfTheTimeOfTheCallAndCounted() {
		Mono<String> call = this.clients.get("mnist").post("").timeout(Duration.ofMillis(100)).retrieve(String.class);
		assertThatExceptionOfType(EasTimeoutException.class).isThrownBy(() -> call.block(PATIENCE))
			.withMessage("mnist: no answer within 100 ms, the time of the whole call (http.request-timeout); "
					+ "the EasTokenSupplier has given no token so far")
			.matches(EasTimeoutException::isDeadline);
		assertThat(inFlight()).isZero();
		assertThat(counted("error", "EasTimeoutException")).isOne();
	}

	@Test
	void cancelledWaitIsCountedAsCancelled() {
		Disposable call = this.clients.get("mnist").predict("x", String.class).subscribe();
		call.dispose();
		assertThat(inFlight()).isZero();
		assertThat(counted("outcome", "CANCELLED")).isOne();
	}

	@Test
	void closingTheClientsEndsTheWait() {
		CompletableFuture<String> call = this.clients.get("mnist").predict("x", String.class).toFuture();
		this.clients.close();
		assertThat(call).failsWithin(PATIENCE)
			.withThrowableThat()
			.withCauseInstanceOf(EasNoInstanceException.class)
			.withMessageContaining("EasClients was closed");
		assertThat(inFlight()).isZero();
	}

	private long counted(String tag, String value) {
		return this.meters.get("eas.client.requests").tag(tag, value).timer().count();
	}

	private long inFlight() {
		return ((ServiceClient) this.clients.get("mnist")).inFlight();
	}

}
