package io.eas.emulator.llm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;

import io.eas.emulator.llm.InferenceEngine.Event;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * When an engine answers, by examples. It computes one prompt token per millisecond, and
 * a step takes 10 ms and 1 ms per sequence.
 */
class InferenceEngineTests {

	private static final int BLOCK = 100;

	private static final long[] NO_BLOCKS = {};

	private final List<String> events = new ArrayList<>();

	private InferenceEngine engine = engine((settings) -> {
	});

	private static InferenceEngine engine(Consumer<EngineSettings.Builder> change) {
		EngineSettings.Builder settings = EngineSettings.builder()
			.prefillRate(1000)
			.step(Duration.ofMillis(10), Duration.ofMillis(1))
			.blockSize(BLOCK);
		change.accept(settings);
		return new InferenceEngine(settings.build());
	}

	private static long nanos(long millis) {
		return Duration.ofMillis(millis).toNanos();
	}

	private @Nullable Sequence offer(long millis, int prompt, int output) {
		return this.engine.submit(nanos(millis), prompt, output, NO_BLOCKS);
	}

	private Sequence submit(long millis, int prompt, int output, long... blocks) {
		Sequence sequence = this.engine.submit(nanos(millis), prompt, output, blocks);
		assertThat(sequence).isNotNull();
		return sequence;
	}

	/** All events from now on, such as {@code FIRST_TOKEN 50: 30 ms}. */
	private List<String> run() {
		this.events.clear();
		for (long next = this.engine.nextEventTime(); next != InferenceEngine.NEVER; next = this.engine
			.nextEventTime()) {
			Event event = this.engine.poll(next);
			assertThat(event).isNotNull();
			assertThat(event.time()).isEqualTo(next);
			this.events.add(event.type() + " of " + event.sequence().promptTokens() + " at "
					+ Duration.ofNanos(event.time()).toMillis());
		}
		return this.events;
	}

	@Test
	void firstTokenComesWithTheEndOfPrefillAndTheOthersWithTheSteps() {
		submit(0, 50, 4);
		assertThat(run()).containsExactly("FIRST_TOKEN of 50 at 50", "END of 50 at 83");
	}

	@Test
	void singleTokenNeedsNoStep() {
		submit(0, 50, 1);
		assertThat(run()).containsExactly("FIRST_TOKEN of 50 at 50", "END of 50 at 50");
		assertThat(this.engine.nextStepTime()).isEqualTo(InferenceEngine.NEVER);
	}

	@Test
	void promptsArePrefilledOneAfterTheOther() {
		submit(0, 50, 1);
		submit(10, 30, 1);
		assertThat(this.engine.running()).isEqualTo(1);
		assertThat(this.engine.waiting()).isEqualTo(1);
		assertThat(run()).containsSubsequence("FIRST_TOKEN of 50 at 50", "FIRST_TOKEN of 30 at 80");
	}

	@Test
	void sequenceJoinsTheBatchBetweenTwoSteps() {
		submit(0, 50, 4); // steps end at 61, 72, 84
		submit(0, 15, 2); // prefilled at 65, in the step from 72 to 84
		assertThat(run()).containsExactly("FIRST_TOKEN of 50 at 50", "FIRST_TOKEN of 15 at 65", "END of 50 at 84",
				"END of 15 at 84");
	}

	@Test
	void sequenceIsInTheStepThatBeginsWhenItsPrefillEnds() {
		submit(0, 50, 3); // steps end at 61, 73
		submit(0, 11, 2);
		assertThat(run()).endsWith("END of 50 at 73", "END of 11 at 73");
	}

	@Test
	void tokensOfASequenceAreCountedByStep() {
		Sequence sequence = submit(0, 50, 4);
		List<Integer> tokens = new ArrayList<>();
		for (long millis : new long[] { 49, 50, 60, 61, 72, 83, 1000 }) {
			this.engine.poll(nanos(millis));
			tokens.add(this.engine.tokens(sequence));
		}
		assertThat(tokens).containsExactly(0, 1, 1, 2, 3, 4, 4);
	}

	@Test
	void nextStepIsToldWhileSomethingIsDecoded() {
		submit(0, 50, 4);
		this.engine.poll(nanos(62));
		assertThat(this.engine.nextStepTime()).isEqualTo(nanos(72));
	}

	@Test
	void promptsWaitForARunningSequenceToEnd() {
		this.engine = engine((settings) -> settings.maxRunning(1));
		submit(0, 50, 2);
		submit(0, 30, 1);
		assertThat(run()).containsExactly("FIRST_TOKEN of 50 at 50", "END of 50 at 61", "FIRST_TOKEN of 30 at 91",
				"END of 30 at 91");
	}

	@Test
	void promptIsRefusedWhileTheQueueIsFull() {
		this.engine = engine((settings) -> settings.maxQueue(2));
		submit(0, 50, 1);
		submit(0, 50, 1);
		submit(0, 50, 1);
		assertThat(offer(49, 50, 1)).isNull();
		assertThat(offer(50, 50, 1)).isNotNull();
	}

	@Test
	void withoutAQueueAnIdleEngineTakesAPrompt() {
		this.engine = engine((settings) -> settings.maxQueue(0));
		assertThat(offer(0, 50, 1)).isNotNull();
		assertThat(offer(0, 50, 1)).isNull();
	}

	@Test
	void cachedBlocksAreNotComputedAgain() {
		submit(0, 250, 1, 1, 2, 3);
		submit(1000, 350, 1, 1, 2, 4);
		Sequence last = submit(2000, 350, 1, 1, 2, 4);
		assertThat(run()).contains("FIRST_TOKEN of 250 at 250", "FIRST_TOKEN of 350 at 1150",
				"FIRST_TOKEN of 350 at 2050");
		assertThat(last.cachedTokens()).isEqualTo(300);
		assertThat(this.engine.queriedTokens()).isEqualTo(950);
		assertThat(this.engine.hitTokens()).isEqualTo(500);
	}

	@Test
	void blocksAreFoundFromTheStartOfPrefillOn() {
		submit(0, 150, 1, 1);
		submit(0, 150, 1, 1);
		assertThat(run()).contains("FIRST_TOKEN of 150 at 150", "FIRST_TOKEN of 150 at 200");
	}

	@Test
	void lastBlockOfAPromptThatIsAllCachedIsComputedAgain() {
		submit(0, 200, 1, 1, 2);
		Sequence again = submit(1000, 200, 1, 1, 2);
		run();
		assertThat(again.cachedTokens()).isEqualTo(100);
	}

	@Test
	void endOfAPromptIsEvictedBeforeItsStart() {
		this.engine = engine((settings) -> settings.cacheBlocks(2));
		submit(0, 350, 1, 1, 2, 3);
		Sequence again = submit(1000, 350, 1, 1, 2, 3);
		run();
		assertThat(again.cachedTokens()).isEqualTo(200);
		assertThat(this.engine.cachedBlocks()).isEqualTo(2);
	}

	@Test
	void leastRecentlyUsedPromptIsEvicted() {
		this.engine = engine((settings) -> settings.cacheBlocks(2));
		submit(0, 150, 1, 1);
		submit(1000, 150, 1, 2);
		submit(2000, 150, 1, 1);
		submit(3000, 150, 1, 3);
		Sequence used = submit(4000, 150, 1, 1);
		Sequence unused = submit(5000, 150, 1, 2);
		run();
		assertThat(used.cachedTokens()).isEqualTo(100);
		assertThat(unused.cachedTokens()).isZero();
	}

	@Test
	void cancelledPrefillMakesRoomAtOnce() {
		Sequence first = submit(0, 500, 1);
		submit(0, 30, 1);
		this.engine.cancel(nanos(100), first);
		assertThat(run()).containsExactly("FIRST_TOKEN of 30 at 130", "END of 30 at 130");
	}

	@Test
	void cancelledPromptLeavesTheQueue() {
		submit(0, 50, 1);
		this.engine.cancel(nanos(10), submit(0, 40, 1));
		assertThat(this.engine.waiting()).isZero();
		assertThat(run()).containsExactly("FIRST_TOKEN of 50 at 50", "END of 50 at 50");
	}

	@Test
	void stepUnderWayTakesItsTimeWithoutTheCancelledSequence() {
		submit(0, 50, 4); // steps end at 61, 73, 84
		Sequence dropped = submit(0, 11, 9);
		this.engine.cancel(nanos(62), dropped);
		assertThat(run()).containsExactly("FIRST_TOKEN of 50 at 50", "END of 50 at 84");
		assertThat(this.engine.tokens(dropped)).isZero();
	}

	@Test
	void runningSequencesTakeCacheAsTheyGrow() {
		this.engine = engine((settings) -> settings.cacheBlocks(4));
		submit(0, 99, 3);
		assertThat(this.engine.cacheUsage()).isEqualTo(0.25);
		this.engine.poll(nanos(112)); // 99 + 2 tokens
		assertThat(this.engine.cacheUsage()).isEqualTo(0.5);
		run();
		assertThat(this.engine.cacheUsage()).isZero();
	}

	@Test
	void timeDoesNotGoBack() {
		submit(10, 50, 1);
		assertThatIllegalArgumentException().isThrownBy(() -> offer(9, 50, 1))
			.withMessage("the time must not decrease, was 9000000 after 10000000");
	}

	@Test
	void emptyPromptsAndAnswersAreNotTaken() {
		assertThatIllegalArgumentException().isThrownBy(() -> offer(0, 0, 1))
			.withMessage("prompt and answer must be of 1 token or more, were 0 and 1");
	}

	@Test
	void hundredThousandSequencesCostTwoEventsEach() {
		int count = 100_000;
		int told = 0;
		long[] shared = LongStream.range(0, 12).toArray();
		for (int i = 0; i < count; i++) {
			long[] blocks = shared.clone();
			blocks[11] = i + 100L;
			submit(2000L * i, 1250, 200, blocks);
			for (Event event = this.engine.poll(nanos(2000L * i)); event != null; event = this.engine
				.poll(nanos(2000L * i))) {
				told++;
			}
		}
		assertThat(told + run().size()).isEqualTo(2 * count);
		assertThat(this.events.get(this.events.size() - 1)).startsWith(Event.Type.END.name());
	}

}
