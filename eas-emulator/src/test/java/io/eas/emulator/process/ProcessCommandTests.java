package io.eas.emulator.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a process is told.
 */
class ProcessCommandTests {

	@Test
	void environmentHasThePortAndTheLoopbackAddress() {
		assertThat(environment(Map.of("A", "b"))).containsEntry("A", "b")
			.containsEntry("PORT", "4711")
			.containsEntry("SERVER_PORT", "4711")
			.containsEntry("SERVER_ADDRESS", "127.0.0.1")
			.containsEntry("EAS_SERVER_ALLOW_LOOPBACK", "true");
	}

	@Test
	void givenAddressIsKept() {
		assertThat(environment(Map.of("SERVER_ADDRESS", "0.0.0.0"))).containsEntry("SERVER_ADDRESS", "0.0.0.0");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/ready\r\nX-A: b", "/bereit für", "/für", "/a b", "/\u0000", "ready" })
	void invalidReadyPathIsRefused(String path) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ProcessCommand(List.of("true"), Map.of(), null, path, Duration.ofSeconds(1), null))
			.withMessageStartingWith("readyPath must b");
	}

	private static Map<String, String> environment(Map<String, String> environment) {
		return new ProcessCommand(List.of("true"), environment, null, null, Duration.ofSeconds(1), null).builder(4711)
			.environment();
	}

}
