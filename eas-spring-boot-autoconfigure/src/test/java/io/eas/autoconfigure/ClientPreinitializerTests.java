package io.eas.autoconfigure;

import java.util.Set;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ClientPreinitializerTests {

	@Test
	void springBootFindsIt() {
		assertThat(SpringFactoriesLoader.forDefaultResourceLocation().load(BackgroundPreinitializer.class))
			.hasAtLeastOneElementOfType(ClientPreinitializer.class);
	}

	@Test
	void leavesNoThreadBehind() {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		new ClientPreinitializer().preinitialize();
		await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet()).filteredOn(Thread::isAlive)
			.filteredOn((thread) -> !before.contains(thread))
			.extracting(Thread::getName)
			.filteredOn((name) -> name.startsWith("eas-"))
			.isEmpty());
	}

}
