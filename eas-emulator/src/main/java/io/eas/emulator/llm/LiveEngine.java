package io.eas.emulator.llm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * An engine whose time passes. One timer is pending at most, for the next token.
 * Thread-safe.
 */
class LiveEngine {

	private final EngineSettings settings;

	private final Scheduler scheduler;

	private final LongSupplier clock;

	private final Map<Sequence, Generation> generations = new LinkedHashMap<>();

	private InferenceEngine engine;

	private Disposable timer = Disposables.disposed();

	/** How far its time is behind the clock. */
	private long behind;

	/** Its time while it is paused. */
	private @Nullable Long pausedAt;

	/**
	 * An idle engine.
	 * @param settings how fast it is
	 * @param scheduler where it acts
	 * @param clock nanoseconds that never decrease
	 */
	LiveEngine(EngineSettings settings, Scheduler scheduler, LongSupplier clock) {
		this.settings = settings;
		this.scheduler = scheduler;
		this.clock = clock;
		this.engine = new InferenceEngine(settings);
	}

	EngineSettings settings() {
		return this.settings;
	}

	/** Takes on a prompt; {@code null} if the queue is full. */
	synchronized @Nullable Generation submit(Prompt prompt, int outputTokens) {
		Sequence sequence = this.engine.submit(now(), prompt.tokens(), outputTokens, prompt.blocks());
		if (sequence == null) {
			return null;
		}
		Generation generation = new Generation(sequence, this.scheduler);
		this.generations.put(sequence, generation);
		act();
		return generation;
	}

	/** Frees what is left of a generation. */
	synchronized void cancel(Generation generation) {
		if (this.generations.remove(generation.sequence) != null) {
			this.engine.cancel(now(), generation.sequence);
			act();
		}
	}

	/** Forgets its sequences, which get no more tokens, and its cache. */
	synchronized void reset() {
		this.timer.dispose();
		this.generations.clear();
		this.engine = new InferenceEngine(this.settings);
		this.pausedAt = null;
	}

	/** Stops its time. */
	synchronized void pause() {
		if (this.pausedAt == null) {
			this.pausedAt = now();
			this.timer.dispose();
		}
	}

	/** Lets its time go on. */
	synchronized void resume() {
		Long since = this.pausedAt;
		if (since != null) {
			this.behind = this.clock.getAsLong() - since;
			this.pausedAt = null;
			act();
		}
	}

	/** What it is doing now. */
	synchronized EngineLoad load() {
		act();
		return new EngineLoad(this.engine.running(), this.engine.waiting(), this.engine.cacheUsage(),
				this.engine.queriedTokens(), this.engine.hitTokens());
	}

	private long now() {
		return (this.pausedAt != null) ? this.pausedAt : this.clock.getAsLong() - this.behind;
	}

	/** Hands out the tokens there are by now, and comes back for the next. */
	private synchronized void act() {
		long now = now();
		List<Sequence> ended = new ArrayList<>();
		for (InferenceEngine.Event event = this.engine.poll(now); event != null; event = this.engine.poll(now)) {
			if (event.type() == InferenceEngine.Event.Type.END) {
				ended.add(event.sequence());
			}
		}
		this.generations.values().forEach((each) -> each.advance(this.engine.tokens(each.sequence)));
		for (Sequence sequence : ended) {
			Generation over = this.generations.remove(sequence);
			if (over != null) {
				over.end();
			}
		}
		this.timer.dispose();
		long next = Math.min(this.engine.nextEventTime(), this.engine.nextStepTime());
		if (next != InferenceEngine.NEVER && this.pausedAt == null) {
			this.timer = this.scheduler.schedule(this::act, next - now, TimeUnit.NANOSECONDS);
		}
	}

	/**
	 * A sequence whose tokens are awaited.
	 */
	static final class Generation {

		private final Sequence sequence;

		private final Sinks.Many<Integer> tokens = Sinks.many().unicast().onBackpressureBuffer();

		private final Flux<Integer> published;

		private int told;

		private Generation(Sequence sequence, Scheduler scheduler) {
			this.sequence = sequence;
			this.published = this.tokens.asFlux().publishOn(scheduler);
		}

		Sequence sequence() {
			return this.sequence;
		}

		/**
		 * The numbers of its tokens, from 0 on, each as it comes; for one subscriber. It
		 * is told on the scheduler, in order and without the engine's lock, so that what
		 * it does with a token holds up no other generation.
		 */
		Flux<Integer> tokens() {
			return this.published;
		}

		private void advance(int count) {
			while (this.told < count) {
				this.tokens.tryEmitNext(this.told++);
			}
		}

		private void end() {
			this.tokens.tryEmitComplete();
		}

	}

}
