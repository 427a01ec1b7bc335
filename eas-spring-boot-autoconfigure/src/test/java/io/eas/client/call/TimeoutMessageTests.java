package io.eas.client.call;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.eas.client.EasClient;
import io.eas.client.EasException;
import io.eas.client.EasRequest;
import io.eas.client.EasTimeoutException;
import io.eas.emulator.EasEmulator;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A time-out says its limit, and why the call wasn't tried again. */
class TimeoutMessageTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final String NO_READ_TIMEOUT = "; not tried again: retry.on has no read-timeout";

	private final EasEmulator eas = LocalEas.start((request) -> Mono.never(), 100, 100);

	@AfterEach
	void stop() {
		this.eas.close();
	}

	@Test
	void messageForNoResponseNamesTheProperty() {
		assertTimeout((request) -> request.retrieve(String.class), "eas.http.response-timeout=300ms")
			.withMessageEndingWith(": no answer within 300 ms (http.response-timeout)" + NO_READ_TIMEOUT);
	}

	@Test
	void messageForNoResponseNamesTheCallsOwnLimit() {
		assertTimeout((request) -> request.responseTimeout(Duration.ofMillis(200)).retrieve(String.class),
				"eas.http.response-timeout=1s")
			.withMessageEndingWith(": no answer within 200 ms (http.response-timeout)" + NO_READ_TIMEOUT);
	}

	@Test
	void messageForNoEventNamesTheProperty() {
		assertTimeout((request) -> request.retrieveFlux(String.class), "eas.http.first-event-timeout=300ms")
			.withMessageEndingWith(": no event within 300 ms (http.first-event-timeout)" + NO_READ_TIMEOUT);
	}

	@Test
	void messageForAResponseThatStopsNamesTheProperty() {
		DisposableServer halfway = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> response.header("Content-Length", "10")
				.sendString(Flux.concat(Mono.just("half"), Mono.never()), StandardCharsets.UTF_8))
			.bindNow();
		try {
			assertTimeout((request) -> request.retrieve(String.class), "eas.http.response-timeout=300ms",
					"eas.services.echo.mode=static", "eas.services.echo.instances=127.0.0.1:" + halfway.port())
				.withMessageEndingWith(
						": no further part of the answer within 300 ms (http.response-timeout)" + NO_READ_TIMEOUT);
		}
		finally {
			halfway.disposeNow();
		}
	}

	@Test
	void messageForTheWholeCallNamesTheProperty() {
		assertTimeout((request) -> request.retrieve(String.class), "eas.http.request-timeout=300ms")
			.withMessageEndingWith(": no answer within 300 ms, the time of the whole call (http.request-timeout)");
	}

	@Test
	void messageSaysThatTheCallIsNotIdempotent() {
		assertTimeout((request) -> request.idempotent(false).retrieve(String.class), "eas.http.response-timeout=300ms")
			.withMessageEndingWith(NO_READ_TIMEOUT + ", and the call is not idempotent");
		assertTimeout((request) -> request.idempotent(false).retrieve(String.class), "eas.http.response-timeout=300ms",
				"eas.retry.on=read-timeout")
			.withMessageEndingWith("; not tried again: the call is not idempotent");
	}

	@Test
	void messageOfTheLastAttemptNeedsNoReason() {
		assertTimeout((request) -> request.retrieve(String.class), "eas.http.response-timeout=300ms",
				"eas.retry.on=read-timeout", "eas.retry.max-attempts=2")
			.withMessageContaining("attempt 2 of 2")
			.satisfies((failure) -> assertThat(failure.getMessage()).doesNotContain("not tried again"));
	}

	@Test
	void messageForAStatusSaysWhyItWasNotRetried() {
		this.eas.service("echo").instances().forEach((instance) -> instance.status(503));
		assertFailure(EasException.class, (request) -> request.idempotent(false).retrieve(String.class))
			.withMessageEndingWith("; not tried again: the call is not idempotent");
	}

	@Test
	void messageForABrokenConnectionSaysWhyItWasNotRetried() {
		this.eas.service("echo").instances().forEach((instance) -> instance.reset());
		assertFailure(EasException.class, (request) -> request.retrieve(String.class), "eas.retry.on=connect")
			.withMessageEndingWith("; not tried again: retry.on has no reset");
	}

	private ThrowableAssertAlternative<EasTimeoutException> assertTimeout(Function<EasRequest, Publisher<?>> call,
			String... properties) {
		return assertFailure(EasTimeoutException.class, call, properties);
	}

	private <E extends EasException> ThrowableAssertAlternative<E> assertFailure(Class<E> type,
			Function<EasRequest, Publisher<?>> call, String... properties) {
		List<ThrowableAssertAlternative<E>> asserted = new ArrayList<>();
		LocalEas.application(this.eas, properties)
			.run((context) -> asserted.add(assertThatExceptionOfType(type).isThrownBy(
					() -> Flux.from(call.apply(context.getBean(EasClient.class).post("/"))).blockLast(PATIENCE))));
		return asserted.get(0);
	}

}
