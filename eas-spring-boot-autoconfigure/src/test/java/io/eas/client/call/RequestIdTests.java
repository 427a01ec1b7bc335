package io.eas.client.call;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.eas.client.EasClient;
import io.eas.client.EasConnectException;
import io.eas.client.EasException;
import io.eas.client.EasRequest;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedRequest;
import io.eas.emulator.EmulatedResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The request ID of a call and the number of the attempt, as an instance and the caller
 * see them.
 */
class RequestIdTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String[] CONFIGURED = { "eas.http.request-id-header=X-Request-Id",
			"eas.http.attempt-header=X-Attempt-Count" };

	private final List<String> received = new CopyOnWriteArrayList<>();

	private final EasEmulator eas = LocalEas.start(this::answer, 1, 1);

	@AfterEach
	void stop() {
		this.eas.close();
	}

	private Mono<EmulatedResponse> answer(EmulatedRequest request) {
		this.received.add(request.headers("X-Request-Id") + " " + request.headers("X-Attempt-Count"));
		return Mono.just(EmulatedResponse.text((this.received.size() == 1) ? 503 : 200, "ok"));
	}

	@Test
	void allAttemptsOfACallSendTheSameIdAndTheirNumber() {
		withClient((client) -> {
			client.post("").body("[1]").requestId("r-1").retrieve(String.class).block(PATIENCE);
			assertThat(this.received).containsExactly("[r-1] [1]", "[r-1] [2]");
		}, CONFIGURED);
	}

	@Test
	void nothingIsSentByDefault() {
		withClient((client) -> {
			client.get("").retrieve(String.class).block(PATIENCE);
			assertThat(this.received).containsExactly("[] []", "[] []");
		});
	}

	@Test
	void idOfTheCallNeedsNoProperty() {
		withClient((client) -> {
			client.get("").requestId("r-1").retrieve(String.class).block(PATIENCE);
			assertThat(this.received).containsExactly("[r-1] []", "[r-1] []");
		});
	}

	@Test
	void idComesFromTheContextOrIsMadeForEachSubscription() {
		withClient((client) -> {
			Mono<String> call = client.get("").retrieve(String.class);
			call.contextWrite((context) -> context.put(EasRequest.REQUEST_ID, "r-2")).block(PATIENCE);
			call.block(PATIENCE);
			call.block(PATIENCE);
			assertThat(this.received.subList(0, 2)).containsExactly("[r-2] [1]", "[r-2] [2]");
			assertThat(this.received.subList(2, 4)).doesNotHaveDuplicates()
				.allMatch((sent) -> sent.matches("\\[[0-9a-f-]{36}] \\[1]"));
		}, CONFIGURED);
	}

	@Test
	void serviceTurnsOffWhatIsShared() {
		withClient((client) -> {
			client.get("").retrieve(String.class).block(PATIENCE);
			assertThat(this.received).containsExactly("[] []", "[] []");
		}, CONFIGURED[0], CONFIGURED[1], "eas.services.echo.http.request-id-header=",
				"eas.services.echo.http.attempt-header=");
	}

	@Test
	void failureNamesTheId() {
		this.eas.service("echo").instances().forEach((instance) -> instance.refuse());
		withClient((client) -> assertThatExceptionOfType(EasConnectException.class)
			.isThrownBy(() -> client.get("").header("x-request-id", "r-3").retrieve(String.class).block(PATIENCE))
			.withMessageContaining("; request ID r-3")
			.satisfies((failure) -> {
				assertThat(failure.requestId()).isEqualTo("r-3");
				assertThat(failure.getSuppressed()).filteredOn((earlier) -> earlier instanceof EasException)
					.isNotEmpty()
					.allMatch((earlier) -> "r-3".equals(((EasException) earlier).requestId()));
			}));
	}

	@Test
	void idThatNoHeaderCanCarryIsRefused() {
		withClient((client) -> {
			assertThatIllegalArgumentException().isThrownBy(() -> client.get("").requestId("a\nb"));
			assertThatIllegalArgumentException().isThrownBy(() -> client.get("").requestId(""));
		});
	}

	private void withClient(Consumer<EasClient> test, String... properties) {
		LocalEas.application(this.eas, properties).run((context) -> test.accept(context.getBean(EasClient.class)));
	}

}
