package io.eas.emulator.llm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.eas.emulator.llm.LiveEngine.Generation;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When tokens come, in virtual time: 1 ms per token of a prompt, then a token every 10
 * ms.
 */
class LiveEngineTests {

	private static final int ANSWER = 4;

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final LiveEngine engine = new LiveEngine(EngineSettings.builder()
		.prefillRate(1000)
		.step(Duration.ofMillis(10), Duration.ZERO)
		.blockSize(10)
		.maxRunning(1)
		.maxQueue(1)
		.build(), this.time, () -> this.time.now(TimeUnit.NANOSECONDS));

	private final List<Object> told = new ArrayList<>();

	private Generation submit(int promptTokens) {
		Generation generation = offer(promptTokens);
		assertThat(generation).isNotNull();
		return generation;
	}

	private Generation offer(int promptTokens) {
		return this.engine.submit(Prompt.of("abcd".repeat(promptTokens), 10), ANSWER);
	}

	private void listen(Generation generation) {
		generation.tokens().subscribe(this.told::add, this.told::add, () -> this.told.add("end"));
	}

	private void pass(int millis) {
		this.time.advanceTimeBy(Duration.ofMillis(millis));
	}

	@Test
	void eachTokenComesAtItsTime() {
		listen(submit(30));
		pass(29);
		assertThat(this.told).isEmpty();
		pass(1);
		assertThat(this.told).containsExactly(0);
		pass(10);
		assertThat(this.told).containsExactly(0, 1);
		pass(20);
		assertThat(this.told).containsExactly(0, 1, 2, 3, "end");
	}

	@Test
	void onlyOneTimerIsPending() {
		submit(30);
		submit(30);
		this.engine.load();
		assertThat(this.time.getScheduledTaskCount()).isLessThanOrEqualTo(3);
		pass(1000);
		assertThat(this.engine.load()).isEqualTo(new EngineLoad(0, 0, 0, 60, 20));
	}

	@Test
	void fullQueueRefuses() {
		submit(30);
		submit(30);
		assertThat(offer(30)).isNull();
	}

	@Test
	void cancelledGenerationMakesRoom() {
		Generation first = submit(500);
		listen(submit(30));
		this.engine.cancel(first);
		pass(10); // for the last of its three blocks, since the others are cached
		assertThat(this.told).containsExactly(0);
	}

	@Test
	void subscriberIsToldWithoutTheLockOfTheEngine() {
		submit(30).tokens().subscribe((token) -> this.told.add(Thread.holdsLock(this.engine)));
		pass(60);
		assertThat(this.told).hasSize(ANSWER).containsOnly(false);
	}

	@Test
	void subscriberMayCancelWhileItIsTold() {
		Generation generation = submit(30);
		generation.tokens().subscribe((token) -> {
			this.told.add(token);
			this.engine.cancel(generation);
		});
		pass(1000);
		assertThat(this.told).containsExactly(0);
		assertThat(this.engine.load().running()).isZero();
	}

	@Test
	void pausedEngineStandsStillAndGoesOn() {
		listen(submit(30));
		pass(35);
		this.engine.pause();
		pass(1000);
		assertThat(this.told).containsExactly(0);
		this.engine.resume();
		pass(4);
		assertThat(this.told).containsExactly(0);
		pass(1);
		assertThat(this.told).containsExactly(0, 1);
	}

	@Test
	void generationCanBeCancelledWhileTheEngineIsPaused() {
		Generation generation = submit(30);
		this.engine.pause();
		this.engine.cancel(generation);
		this.engine.resume();
		assertThat(this.engine.load().running()).isZero();
	}

	@Test
	void resetEngineHasForgottenItsCache() {
		listen(submit(30));
		pass(5);
		this.engine.reset();
		Generation again = submit(30);
		listen(again);
		pass(100);
		assertThat(this.told).containsExactly(0, 1, 2, 3, "end");
		assertThat(again.sequence().cachedTokens()).isZero();
	}

}
