package io.eas.client.call;

import java.time.Duration;

import io.eas.client.EasClient;
import io.eas.client.EasCodecException;
import io.eas.client.EasConnectionException;
import io.eas.client.EasTimeoutException;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What an instance sees of its connections.
 */
class ConnectionTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@Test
	void aCancelledCallClosesItsConnection() {
		try (SilentServer server = new SilentServer("")) {
			run(server, (client) -> {
				Disposable call = client.predict("{}", String.class).subscribe();
				assertThat(server.nextRequest()).startsWith("POST /api/predict/silent HTTP/1.1");
				assertThat(server.hasSeenItsClientClose()).isFalse();
				call.dispose();
				assertThat(server.seesItsClientClose()).isTrue();
			});
		}
	}

	@Test
	void aCallPastItsDeadlineClosesItsConnection() {
		try (SilentServer server = new SilentServer("")) {
			run(server, (client) -> {
				assertThatExceptionOfType(EasTimeoutException.class).isThrownBy(
						() -> client.post("").timeout(Duration.ofSeconds(2)).retrieve(String.class).block(PATIENCE));
				assertThat(server.seesItsClientClose()).isTrue();
				assertThat(server.connections()).isEqualTo(1);
			});
		}
	}

	@Test
	void anAttemptPastItsResponseTimeoutClosesItsConnection() {
		try (SilentServer server = new SilentServer("")) {
			run(server, (client) -> {
				assertThatExceptionOfType(EasTimeoutException.class).isThrownBy(() -> client.post("")
					.responseTimeout(Duration.ofMillis(200))
					.retrieve(String.class)
					.block(PATIENCE));
				assertThat(server.seesItsClientClose()).isTrue();
			});
		}
	}

	@Test
	void endlessResponseIsCutOffAtTheLimit() throws InterruptedException {
		String body = "x".repeat(3000);
		try (SilentServer server = new SilentServer(
				"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + "bb8\r\n" + body + "\r\n")) {
			run(server, (client) -> {
				assertThatExceptionOfType(EasCodecException.class)
					.isThrownBy(() -> client.predict("{}", String.class).block(PATIENCE))
					.withMessageContaining("1024 bytes")
					.withMessageContaining("http.max-in-memory-size");
				assertThat(server.seesItsClientClose()).isTrue();
				assertThat(server.connections()).isEqualTo(1);
			}, "eas.http.max-in-memory-size=1KB");
		}
	}

	@Test
	void responseThatIsNotHttpFailsTheAttempt() {
		try (SilentServer server = new SilentServer("not HTTP at all\r\n\r\n")) {
			run(server,
					(client) -> assertThatExceptionOfType(EasConnectionException.class)
						.isThrownBy(() -> client.predict("{}", String.class).block(PATIENCE))
						.withMessageContaining("attempt 3 of 3"));
		}
	}

	@Test
	void connectionsAreKeptForTheNextCall() {
		try (SilentServer server = new SilentServer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
			run(server, (client) -> {
				for (int i = 0; i < 20; i++) {
					assertThat(client.get("").retrieve(String.class).block(PATIENCE)).isEqualTo("ok");
				}
				// the answer is there a moment before its connection is free again
				assertThat(server.connections()).isLessThanOrEqualTo(4);
			});
		}
	}

	@Test
	void connectionsEndWithTheApplication() throws InterruptedException {
		try (SilentServer server = new SilentServer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) {
			run(server, (client) -> {
				assertThat(client.predict("{}", String.class).block(PATIENCE)).isEqualTo("ok");
				assertThat(server.hasSeenItsClientClose()).isFalse();
			});
			assertThat(server.seesItsClientClose()).isTrue();
		}
	}

	/** Runs an application with one instance that isn't on any EAS. */
	private static void run(SilentServer server, Body test, String... properties) {
		LocalEas.application()
			.withPropertyValues("eas.services.silent.mode=static", "eas.services.silent.auth.scheme=none",
					"eas.services.silent.instances=" + server.address())
			.withPropertyValues(properties)
			.run((context) -> test.accept(context.getBean(EasClient.class)));
	}

	/** A test's body. */
	@FunctionalInterface
	private interface Body {

		void accept(EasClient client) throws Exception;

	}

}
