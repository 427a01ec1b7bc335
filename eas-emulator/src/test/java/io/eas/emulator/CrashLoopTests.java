package io.eas.emulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.eas.emulator.lifecycle.LifecycleState.Phase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The kubelet's back-off in real time; all of it is in the tests of the lifecycle.
 */
class CrashLoopTests {

	@Test
	@Tag("long")
	void backsOffFor0And10And20And40Seconds() {
		List<Instant> starts = new CopyOnWriteArrayList<>();
		try (EasEmulator eas = EasEmulator.builder()
			.deploy(Descriptors.mnist().command("false").build(),
					(deployment) -> deployment.waitUntilReady(false).events((event) -> {
						if (event.to().phase() == Phase.NOT_READY) {
							starts.add(event.at());
						}
					}))
			.build()
			.start()) {
			Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> starts.size() == 5);
			assertThat(eas.service("mnist").instances()).hasSize(1);
		}
		assertPause(starts, 0, 0);
		assertPause(starts, 1, 10);
		assertPause(starts, 2, 20);
		assertPause(starts, 3, 40);
	}

	@Test
	void throwingEventListenerDoesNotPreventTheRestart() {
		List<Instant> starts = new CopyOnWriteArrayList<>();
		try (EasEmulator eas = EasEmulator.builder()
			.deploy(Descriptors.mnist().command("false").build(),
					(deployment) -> deployment.waitUntilReady(false).events((event) -> {
						if (event.to().phase() == Phase.NOT_READY) {
							starts.add(event.at());
						}
						throw new AssertionError("not what I expected");
					}))
			.build()
			.start()) {
			Awaitility.await().until(() -> starts.size() == 2);
			assertThat(eas.service("mnist").instances()).hasSize(1);
		}
	}

	private static void assertPause(List<Instant> starts, int from, int seconds) {
		assertThat(Duration.between(starts.get(from), starts.get(from + 1))).isBetween(Duration.ofSeconds(seconds),
				Duration.ofSeconds(seconds + 9));
	}

}
