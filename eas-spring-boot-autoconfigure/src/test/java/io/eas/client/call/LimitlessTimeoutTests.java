package io.eas.client.call;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

import io.eas.client.EasClient;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Limits that nobody will live to see.
 */
class LimitlessTimeoutTests {

	static final List<Duration> LIMITS = List.of(ChronoUnit.FOREVER.getDuration(), Duration.ofSeconds(Long.MAX_VALUE),
			Duration.ofMillis(Long.MAX_VALUE), Duration.ofNanos(Long.MAX_VALUE).plusNanos(1), Duration.ofDays(366));

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@ParameterizedTest
	@FieldSource("LIMITS")
	void retriesWorkWithTimeLimitsOfAnyLength(Duration limit) {
		try (EasEmulator eas = LocalEas.start((request) -> Mono
			.just(EmulatedResponse.bytes(200, "ok".getBytes(StandardCharsets.UTF_8), "text/plain")), 1, 1)) {
			eas.service("echo").instance(0).refuse();
			LocalEas.application(eas, "eas.ejection.enabled=false").run((context) -> {
				EasClient client = context.getBean(EasClient.class);
				Flux<String> answers = Flux.concat(client.post("").timeout(limit).retrieve(String.class),
						client.post("").timeout(limit).retrieve(String.class),
						client.post("").responseTimeout(limit).retrieve(String.class),
						client.post("").responseTimeout(limit).retrieve(String.class),
						client.post("").responseTimeout(limit).timeout(limit).retrieveFlux(String.class),
						client.post("").responseTimeout(limit).timeout(limit).retrieveFlux(String.class));
				assertThat(answers.collectList().block(PATIENCE)).hasSize(6).containsOnly("ok");
			});
		}
	}

}
