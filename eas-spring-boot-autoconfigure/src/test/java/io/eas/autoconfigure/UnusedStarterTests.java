package io.eas.autoconfigure;

import java.util.Set;
import java.util.stream.Collectors;

import io.eas.client.call.LocalEas;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** An application that has the starter, but no service. */
class UnusedStarterTests {

	@Test
	void startsNoThread() {
		Set<Thread> before = threads();
		LocalEas.application().run((context) -> {
			assertThat(context).hasNotFailed();
			Set<Thread> now = threads();
			now.removeAll(before);
			assertThat(now).extracting(Thread::getName)
				.noneMatch((name) -> name.startsWith("eas-"))
				.noneMatch((name) -> name.startsWith("reactor-"));
		});
	}

	private static Set<Thread> threads() {
		return Thread.getAllStackTraces().keySet().stream().collect(Collectors.toSet());
	}

}
