package io.eas.emulator;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.eas.emulator.instance.InstanceState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What callers see of the faults of an instance in this JVM.
 */
class InstanceFaultTests {

	private static final String PATH = "/api/predict/echo";

	private final CountDownLatch called = new CountDownLatch(1);

	private final CountDownLatch cancelled = new CountDownLatch(1);

	private final EasEmulator eas = EasEmulator.builder()
		.service("echo", (service) -> service.instance((i) -> i.handler(this::answer)))
		.build()
		.start();

	private final EmulatedInstance instance = this.eas.service("echo").instance(0);

	private Mono<EmulatedResponse> answer(EmulatedRequest request) {
		if (request.path().endsWith("/hang")) {
			this.called.countDown();
			return Mono.<EmulatedResponse>never().doOnCancel(this.cancelled::countDown);
		}
		return Mono.just(EmulatedResponse.text(200, "0123456789"));
	}

	@AfterEach
	void close() {
		this.eas.close();
	}

	@Test
	void killedInstanceRefusesConnectionsAndResetsOpenOnes() throws Exception {
		try (RawCall open = new RawCall(this.instance.port()).get(PATH + "/hang")) {
			assertThat(this.called.await(10, TimeUnit.SECONDS)).isTrue();
			this.instance.kill();
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> open.read(1))
				.withMessageContaining("reset");
		}
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> new RawCall(this.instance.port()));
		assertThat(this.instance.state()).isEqualTo(InstanceState.DEAD);
		assertThat(this.cancelled.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void killedInstanceAnswersOnTheSamePortOnceHealed() throws Exception {
		int port = this.instance.port();
		this.instance.kill();
		this.instance.heal();
		assertThat(this.instance.port()).isEqualTo(port);
		assertAnswers();
	}

	@Test
	void handlerIsCancelledWhenItsCallerDisconnects() throws Exception {
		try (RawCall call = new RawCall(this.instance.port()).get(PATH + "/hang")) {
			assertThat(this.called.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(call.staysSilent(1)).isTrue();
		}
		assertThat(this.cancelled.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void frozenInstanceAcceptsConnectionsAndAnswersOnceThawed() throws Exception {
		this.instance.freeze();
		try (RawCall call = new RawCall(this.instance.port()).get(PATH)) {
			assertThat(call.staysSilent(200)).isTrue();
			assertThat(this.instance.state()).isEqualTo(InstanceState.FROZEN);
			this.instance.thaw();
			assertThat(call.read(12)).isEqualTo("HTTP/1.1 200");
		}
		assertAnswers();
	}

	@Test
	void requestHeldByAFrozenInstanceIsDroppedWhenItsCallerDisconnects() throws Exception {
		this.instance.freeze();
		new RawCall(this.instance.port()).get(PATH + "/hang").close();
		await().until(() -> this.instance.requests() == 1);
		this.instance.kill();
		this.instance.restart();
		assertAnswers();
		assertThat(this.called.getCount()).isEqualTo(1);
	}

	@Test
	void refusingInstanceListensAgainOnceHealed() throws Exception {
		this.instance.refuse();
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> new RawCall(this.instance.port()));
		assertThat(this.instance.state()).isEqualTo(InstanceState.REFUSING);
		this.instance.heal();
		assertAnswers();
	}

	@Test
	void resetFaultResetsEachConnection() throws Exception {
		this.instance.reset();
		try (RawCall call = new RawCall(this.instance.port()).get(PATH)) {
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> call.read(1))
				.withMessageContaining("reset");
		}
		assertThat(this.instance.requests()).isEqualTo(1);
		assertThat(this.instance.answers()).isEmpty();
	}

	@Test
	void lateFaultAnswersAfterTheDelay() throws Exception {
		this.instance.late(Duration.ofMillis(300));
		long before = System.nanoTime();
		assertAnswers();
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
		assertThat(this.instance.fault()).isEqualTo("late by 300 ms");
	}

	@Test
	void statusFaultAnswersWithThatStatusAndCountsIt() throws Exception {
		this.instance.status(450);
		assertThat(Http.get(this.instance.address(), PATH).statusCode()).isEqualTo(450);
		this.instance.heal();
		assertAnswers();
		assertThat(this.instance.answers()).containsEntry(450, 1L).containsEntry(200, 1L);
		assertThat(this.instance.requests()).isEqualTo(2);
	}

	@Test
	void halfFaultSendsHeadersAndHalfTheBodyThenResets() throws Exception {
		this.instance.half();
		try (RawCall call = new RawCall(this.instance.port()).get(PATH)) {
			StringBuilder seen = new StringBuilder();
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> {
				while (true) {
					seen.append(call.read(1));
				}
			}).withMessageContaining("reset");
			assertThat(seen.toString()).startsWith("HTTP/1.1 200")
				.containsIgnoringCase("content-length: 10")
				.endsWith("\r\n\r\n01234");
		}
	}

	@Test
	void discoveryGoesOnListingADeadInstance() throws Exception {
		this.instance.kill();
		assertThat(Http.get(this.eas.endpoint(), "/api/v1/servicediscovery/upstreams/echo").body())
			.contains("\"port\":" + this.instance.port());
		this.instance.unlist();
		assertThat(Http.get(this.eas.endpoint(), "/api/v1/servicediscovery/upstreams/echo").body())
			.contains("\"items\":[]");
	}

	@Test
	void failedHandlerIsAnsweredWith500() throws IOException, InterruptedException {
		EmulatedInstance failing = this.eas.service("echo")
			.add((i) -> i.handler((request) -> Mono.error(new IllegalStateException("on purpose"))));
		assertThat(Http.get(failing.address(), PATH).statusCode()).isEqualTo(500);
	}

	@ParameterizedTest
	@MethodSource("failingHandlers")
	void anythingThrownByAHandlerIsAnsweredWith500AndTheReason(EmulatedHandler handler, String reason)
			throws IOException, InterruptedException {
		EmulatedInstance failing = this.eas.service("echo").add((i) -> i.handler(handler));
		for (int i = 0; i < 3; i++) {
			HttpResponse<String> response = Http.post(failing.address(), PATH, "body");
			assertThat(response.statusCode()).isEqualTo(500);
			assertThat(response.body()).startsWith("{\"error\":\"the handler ").contains(reason);
		}
	}

	@Test
	void exceptionOfAHandlerOnAnotherThreadIsAnsweredWith500() throws Exception {
		EmulatedInstance failing = this.eas.service("echo").add((i) -> i.handler(handler(() -> Mono.fromCallable(() -> {
			throw new AssertionError("later");
		}).cast(EmulatedResponse.class).subscribeOn(Schedulers.boundedElastic()))));
		assertThat(Http.get(failing.address(), PATH).statusCode()).isEqualTo(500);
	}

	private static Stream<Arguments> failingHandlers() {
		return Stream.of(Arguments.of(handler(() -> {
			throw new AssertionError("not what I expected");
		}), "AssertionError: not what I expected"), Arguments.of(handler(() -> {
			throw new NoClassDefFoundError("a/Missing");
		}), "NoClassDefFoundError: a/Missing"), Arguments.of(handler(() -> Mono.fromCallable(() -> {
			throw new ExceptionInInitializerError("later");
		})), "ExceptionInInitializerError: later"), Arguments.of(handler(() -> null), "it returned null"),
				Arguments.of(handler(Mono::empty), "answered nothing"),
				Arguments.of(handler(
						() -> Mono.just(EmulatedResponse.text(200, "x").withHeader("X-A", "a\r\nX-B: injected"))),
						"X-A"));
	}

	private static EmulatedHandler handler(Supplier<Mono<EmulatedResponse>> answer) {
		return (request) -> answer.get();
	}

	@Test
	void delayLongerThanAnyTimerIsAccepted() throws Exception {
		this.instance.late(ChronoUnit.FOREVER.getDuration());
		try (RawCall call = new RawCall(this.instance.port()).get(PATH)) {
			assertThat(call.staysSilent(300)).isTrue();
		}
		this.instance.heal();
		assertAnswers();
	}

	private void assertAnswers() throws IOException, InterruptedException {
		assertThat(Http.get(this.instance.address(), PATH).body()).isEqualTo("0123456789");
		assertThat(this.instance.state()).isEqualTo(InstanceState.RUNNING);
	}

}
