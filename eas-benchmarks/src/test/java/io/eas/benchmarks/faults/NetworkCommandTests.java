package io.eas.benchmarks.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.eas.benchmarks.Run;
import io.eas.benchmarks.instances.NetworkHost;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Faults of the network, in their short form.
 */
class NetworkCommandTests {

	@Test
	@Tag("long")
	void noCallFailsWhenAnInstanceIsUnpluggedAndNoHostIsLeftBehind() throws Exception {
		assumeTrue(NetworkHost.missing().isEmpty(), () -> NetworkHost.missing().orElse(""));
		Run run = Run.of("network", "-q", "--cases=unplugged");
		assertThat(run.out()).contains("unplugged: failed calls");
		assertThat(run.status()).as(run.out()).isZero();
		assertThat(namespaces()).doesNotContain("eas-" + ProcessHandle.current().pid());
	}

	@Test
	void explainsWhyItIsSkipped() {
		assumeTrue(NetworkHost.missing().isPresent(), "nothing is missing here");
		Run run = Run.of("network");
		assertThat(run.out()).contains("Skipped: " + NetworkHost.missing().orElse(""));
		assertThat(run.status()).isZero();
	}

	@Test
	void unknownCaseIsRefused() {
		Run run = Run.of("network", "--cases=earthquake");
		assertThat(run.status()).isEqualTo(2);
		assertThat(run.err()).contains("there is no case earthquake");
	}

	private static String namespaces() throws IOException {
		Process process = new ProcessBuilder("ip", "netns", "list").start();
		return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

}
