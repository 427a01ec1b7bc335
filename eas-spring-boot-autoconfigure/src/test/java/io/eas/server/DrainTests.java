package io.eas.server;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * When the end of a context is held up, and for how long.
 */
@ExtendWith(OutputCaptureExtension.class)
class DrainTests {

	private final GenericApplicationContext context = new GenericApplicationContext();

	@Test
	void endOfReadyContextIsDelayed(CapturedOutput output) {
		Drain drain = drain(Duration.ofMillis(250));
		drain.ready();
		assertThat(drain.isEnding()).isFalse();
		assertThat(closing(drain, this.context)).isGreaterThanOrEqualTo(Duration.ofMillis(250));
		assertThat(output).containsSubsequence(
				"Draining for 250ms: readiness refuses traffic, requests are still served",
				"Drained: the server stops");
	}

	@Test
	void callersAreAskedToDisconnectInTheSecondHalf() throws InterruptedException {
		Drain drain = drain(Duration.ofSeconds(2));
		drain.ready();
		Thread closing = new Thread(() -> closing(drain, this.context));
		long started = System.nanoTime();
		closing.start();
		await().until(drain::isEnding);
		assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
		assertThat(closing.isAlive()).isTrue();
		closing.interrupt();
		closing.join();
		assertThat(drain.isEnding()).isTrue();
	}

	@Test
	void wholeSecondsAreLoggedAsSeconds(CapturedOutput output) {
		Drain drain = drain(Duration.ofSeconds(1));
		drain.ready();
		closing(drain, this.context);
		assertThat(output).contains("Draining for 1s: ");
	}

	@Test
	void failedStartIsNotDelayed(CapturedOutput output) {
		Drain drain = drain(Duration.ofMinutes(1));
		assertThat(closing(drain, this.context)).isLessThan(Duration.ofSeconds(30));
		assertThat(output).doesNotContain("Drain");
	}

	@Test
	void endOfChildContextIsNotDelayed(CapturedOutput output) {
		Drain drain = drain(Duration.ofMinutes(1));
		drain.ready();
		assertThat(closing(drain, new GenericApplicationContext(this.context))).isLessThan(Duration.ofSeconds(30));
		assertThat(drain.isEnding()).isFalse();
		assertThat(output).doesNotContain("Drain");
	}

	@Test
	void zeroDelayLogsNothing(CapturedOutput output) {
		Drain drain = drain(Duration.ZERO);
		drain.ready();
		closing(drain, this.context);
		assertThat(output).doesNotContain("Drain");
	}

	@Test
	void interruptEndsDrainEarlyAndIsRestored(CapturedOutput output) {
		Drain drain = drain(Duration.ofMinutes(1));
		drain.ready();
		Thread.currentThread().interrupt();
		Duration time = closing(drain, this.context);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(time).isLessThan(Duration.ofSeconds(30));
		assertThat(output).contains("Drain interrupted after ").doesNotContain("Drained");
	}

	@Test
	void drainRunsBeforeExecutorsShutDownAndOnTheClosingThread() {
		Drain drain = drain(Duration.ZERO);
		assertThat(drain.getOrder()).isEqualTo(Ordered.HIGHEST_PRECEDENCE);
		assertThat(drain.supportsAsyncExecution()).isFalse();
	}

	private Drain drain(Duration delay) {
		return new Drain(this.context, delay);
	}

	private static Duration closing(Drain drain, GenericApplicationContext closed) {
		long started = System.nanoTime();
		drain.onApplicationEvent(new ContextClosedEvent(closed));
		return Duration.ofNanos(System.nanoTime() - started);
	}

}
