package io.eas.autoconfigure;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.preinitialize.BackgroundPreinitializer;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ClientPreinitializerTests {

	/** Of the client, Reactor Netty and Netty. */
	private static final List<String> OURS = List.of("eas-", "reactor-", "nioEventLoop", "epollEventLoop",
			"multiThreadIoEventLoop", "globalEventExecutor", "threadDeathWatcher");

	@Test
	void springBootFindsIt() {
		assertThat(SpringFactoriesLoader.forDefaultResourceLocation().load(BackgroundPreinitializer.class))
			.hasAtLeastOneElementOfType(ClientPreinitializer.class);
	}

	@Test
	void leavesNoThreadBehind() {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		new ClientPreinitializer().preinitialize();
		await().pollInSameThread()
			.untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet()).filteredOn(Thread::isAlive)
				.filteredOn((thread) -> !before.contains(thread))
				.filteredOn(ClientPreinitializerTests::isLeftBehind)
				.isEmpty());
	}

	/** The daemon threads of the JVM and of Reactor's shared schedulers may start. */
	private static boolean isLeftBehind(Thread thread) {
		return !thread.isDaemon() || OURS.stream().anyMatch(thread.getName()::startsWith);
	}

}
