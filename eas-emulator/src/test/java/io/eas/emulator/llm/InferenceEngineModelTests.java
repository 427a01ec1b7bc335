package io.eas.emulator.llm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.eas.emulator.llm.InferenceEngine.Event;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeTry;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds of an engine under any load. The unit of time is a nanosecond that computes
 * one prompt token.
 */
class InferenceEngineModelTests {

	private static final int BLOCK = 4;

	private static final int CACHE = 6;

	private static final int RUNNING = 3;

	private static final int QUEUE = 4;

	private static final int STEP = 3;

	private InferenceEngine engine = idle();

	private final Map<Sequence, List<Event>> told = new HashMap<>();

	private final List<Event> events = new ArrayList<>();

	private final List<Sequence> accepted = new ArrayList<>();

	private final List<Sequence> cancelled = new ArrayList<>();

	/**
	 * What a caller does.
	 *
	 * @param pause since the one before
	 * @param prompt tokens of the prompt
	 * @param output tokens of the answer
	 * @param conversation prompts of the same one share their blocks
	 * @param cancel which of the accepted sequences to cancel instead, if there are as
	 * many
	 */
	record Action(int pause, int prompt, int output, int conversation, @Nullable Integer cancel) {

		long[] blocks() {
			long[] blocks = new long[this.prompt / BLOCK + 1];
			for (int i = 0; i < blocks.length; i++) {
				blocks[i] = 100L * this.conversation + i;
			}
			return blocks;
		}

	}

	@BeforeTry
	void startAnew() {
		this.engine = idle();
		this.told.clear();
		this.events.clear();
		this.accepted.clear();
		this.cancelled.clear();
	}

	private static InferenceEngine idle() {
		return new InferenceEngine(
				new EngineSettings(1e9, Duration.ofNanos(STEP), Duration.ofNanos(1), BLOCK, CACHE, RUNNING, QUEUE));
	}

	@Provide
	Arbitrary<List<Action>> load() {
		return Combinators
			.combine(Arbitraries.integers().between(0, 20), Arbitraries.integers().between(1, 20),
					Arbitraries.integers().between(1, 8), Arbitraries.integers().between(0, 3),
					Arbitraries.integers().between(0, 30).injectNull(0.8))
			.as(Action::new)
			.list()
			.ofMaxSize(40);
	}

	private void run(List<Action> load) {
		long now = 0;
		for (Action action : load) {
			now += action.pause();
			poll(now);
			Integer cancel = action.cancel();
			if (cancel == null) {
				Sequence sequence = this.engine.submit(now, action.prompt(), action.output(), action.blocks());
				if (sequence != null) {
					this.accepted.add(sequence);
				}
			}
			else if (cancel < this.accepted.size()) {
				this.engine.cancel(now, this.accepted.get(cancel));
				this.cancelled.add(this.accepted.get(cancel));
			}
			assertThat(this.engine.cachedBlocks()).isLessThanOrEqualTo(CACHE);
			assertThat(this.engine.running()).isLessThanOrEqualTo(RUNNING);
			assertThat(this.engine.waiting()).isLessThanOrEqualTo(QUEUE);
			assertThat(this.engine.cacheUsage()).isBetween(0.0, 1.0);
		}
		for (long next = this.engine.nextEventTime(); next != InferenceEngine.NEVER; next = this.engine
			.nextEventTime()) {
			poll(next);
		}
	}

	private void poll(long now) {
		for (Event event = this.engine.poll(now); event != null; event = this.engine.poll(now)) {
			this.events.add(event);
			this.told.computeIfAbsent(event.sequence(), (sequence) -> new ArrayList<>()).add(event);
		}
	}

	@Property
	void everySequenceHasOneFirstTokenAndOneEnd(@ForAll("load") List<Action> load) {
		run(load);
		List<Sequence> kept = new ArrayList<>(this.accepted);
		kept.removeAll(this.cancelled);
		assertThat(kept).allSatisfy((sequence) -> {
			assertThat(this.told.get(sequence)).extracting(Event::type)
				.containsExactly(Event.Type.FIRST_TOKEN, Event.Type.END);
			assertThat(this.engine.tokens(sequence)).isEqualTo(sequence.outputTokens());
		});
		assertThat(this.accepted).containsAll(this.told.keySet());
		assertThat(this.engine.running() + this.engine.waiting()).isZero();
		assertThat(this.engine.nextStepTime()).isEqualTo(InferenceEngine.NEVER);
	}

	@Property
	void eventsComeInTheOrderOfTheirTimes(@ForAll("load") List<Action> load) {
		run(load);
		assertThat(this.events).extracting(Event::time).isSorted();
	}

	@Property
	void firstTokensComeInTheOrderOfArrival(@ForAll("load") List<Action> load) {
		run(load);
		List<Sequence> first = this.events.stream()
			.filter((event) -> event.type() == Event.Type.FIRST_TOKEN)
			.map(Event::sequence)
			.toList();
		List<Sequence> inOrder = new ArrayList<>(this.accepted);
		inOrder.retainAll(first);
		assertThat(first).isEqualTo(inOrder);
	}

	@Property
	void prefixSavesExactlyItsCachedBlocks(@ForAll("load") List<Action> load) {
		run(load);
		long from = 0;
		for (Event event : this.events) {
			if (event.type() == Event.Type.FIRST_TOKEN && this.cancelled.isEmpty()) {
				Sequence sequence = event.sequence();
				assertThat(sequence.cachedTokens() % BLOCK).isZero();
				assertThat(event.time() - from)
					.isGreaterThanOrEqualTo(sequence.promptTokens() - sequence.cachedTokens());
				from = event.time();
			}
		}
	}

	@Property
	void answersWhenAnEngineDoesThatGoesStepByStep(@ForAll("load") List<Action> load) {
		run(load);
		TickingEngine ticking = new TickingEngine(BLOCK, CACHE, RUNNING, QUEUE, STEP);
		assertThat(this.events.stream()
			.map((event) -> event.type() + " of " + this.accepted.indexOf(event.sequence()) + " at " + event.time()))
			.containsExactlyElementsOf(ticking.run(load));
	}

}
