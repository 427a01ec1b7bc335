package io.eas.emulator.process;

import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * What becomes of signals that can't be delivered.
 */
class SignalsTests {

	private Process root;

	private Process ended;

	@BeforeEach
	void start() throws Exception {
		this.root = new ProcessBuilder("sleep", "1000").start();
		this.ended = new ProcessBuilder("true").start();
		this.ended.waitFor();
	}

	@AfterEach
	void kill() throws Exception {
		this.root.destroyForcibly().waitFor();
	}

	@Test
	void endedDescendantIsIgnored() throws Exception {
		Process last = new ProcessBuilder("sleep", "1000").start();
		Signals.send("-TERM", this.root.toHandle(), Stream.of(this.ended.toHandle(), last.toHandle()));
		assertThat(this.root.waitFor()).isEqualTo(128 + 15);
		assertThat(last.waitFor()).isEqualTo(128 + 15);
	}

	@Test
	void endedRootIsIgnored() {
		assertThatNoException().isThrownBy(() -> Signals.stop(this.ended));
	}

	@Test
	void aRootThatCannotBeSignalledIsAFailure() {
		assertThatIllegalStateException().isThrownBy(() -> Signals.send("-NONE", this.root.toHandle(), Stream.of()))
			.withMessageStartingWith("kill -NONE " + this.root.pid() + " failed with ");
	}

	@Test
	void anInterruptedThreadSendsInOrder() {
		Thread.currentThread().interrupt();
		Signals.stop(this.root);
		Signals.resume(this.root);
		assertThat(Thread.interrupted()).isTrue();
	}

}
