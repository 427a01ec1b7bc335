package io.eas.client.call;

import java.time.Duration;

import io.eas.client.EasClient;
import io.eas.client.EasStatusException;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What was asked for is named where the status says that there is no such thing. */
class StatusMessageTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			404 | status 404 (no such service or path there: POST /api/predict/echo/v1/a%20b; is service-name right?)
			405 | status 405 (no such method there: POST /api/predict/echo/v1/a%20b)
			400 | status 400
			""")
	void namesMethodAndPathWithoutTheQuery(int status, String message) {
		try (EasEmulator eas = LocalEas
			.start((request) -> Mono.just(EmulatedResponse.bytes(status, new byte[0], "text/plain")), 100)) {
			LocalEas.application(eas).run((context) -> {
				EasClient client = context.getBean(EasClient.class);
				assertThatExceptionOfType(EasStatusException.class)
					.isThrownBy(
							() -> client.post("/v1/a b").query("key", "secret").retrieve(String.class).block(PATIENCE))
					.withMessageEndingWith(": " + message);
				assertThatExceptionOfType(EasStatusException.class)
					.isThrownBy(
							() -> Flux.from(client.post("/v1/a b").query("key", "secret").retrieveFlux(String.class))
								.blockLast(PATIENCE))
					.withMessageEndingWith(": " + message);
			});
		}
	}

}
