package io.eas.emulator.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a process is told.
 */
class ProcessCommandTests {

	@Test
	void itsPortAndThatItListensOnLoopbackOnly() {
		assertThat(environment(Map.of("A", "b"))).containsEntry("A", "b")
			.containsEntry("PORT", "4711")
			.containsEntry("SERVER_PORT", "4711")
			.containsEntry("SERVER_ADDRESS", "127.0.0.1")
			.containsEntry("EAS_SERVER_ALLOW_LOOPBACK", "true");
	}

	@Test
	void theAddressOfItsOwnEnvironmentIfThatHasOne() {
		assertThat(environment(Map.of("SERVER_ADDRESS", "0.0.0.0"))).containsEntry("SERVER_ADDRESS", "0.0.0.0");
	}

	private static Map<String, String> environment(Map<String, String> environment) {
		return new ProcessCommand(List.of("true"), environment, null, null, Duration.ofSeconds(1), null).builder(4711)
			.environment();
	}

}
