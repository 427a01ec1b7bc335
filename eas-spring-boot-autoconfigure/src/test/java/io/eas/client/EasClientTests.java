package io.eas.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedResponse;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a caller sees, over real sockets.
 */
class EasClientTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@Test
	void callsTheServiceAndReadsTheAnswer() {
		try (EasEmulator eas = LocalEas
			.start((request) -> Mono.just(EmulatedResponse.bytes(200, request.body(), "application/json")), 100)) {
			LocalEas.application(eas).run((context) -> {
				EasClient client = context.getBean(EasClient.class);
				assertThat(client.predict(Map.of("n", 1), Map.class).block(PATIENCE)).isEqualTo(Map.of("n", 1));
				assertThat(client.predict("[1]", String.class).block(PATIENCE)).isEqualTo("[1]");
			});
		}
	}

	@Test
	void spreadsCallsExactlyByWeight() {
		try (EasEmulator eas = LocalEas.start((request) -> Mono.just(EmulatedResponse.text(200, "ok")), 1, 10, 1000)) {
			LocalEas.application(eas).run((context) -> {
				EasClient client = context.getBean(EasClient.class);
				Map<Integer, Integer> calls = new HashMap<>();
				List<Integer> ports = Flux.range(0, 10_110)
					.flatMap((i) -> client.get("").toEntity(String.class).map((answer) -> answer.instance().port()), 16)
					.collectList()
					.block(PATIENCE);
				ports.forEach((port) -> calls.merge(port, 1, Integer::sum));
				assertThat(calls).containsEntry(eas.service("echo").instance(0).port(), 10)
					.containsEntry(eas.service("echo").instance(1).port(), 100)
					.containsEntry(eas.service("echo").instance(2).port(), 10_000);
			});
		}
	}

}
