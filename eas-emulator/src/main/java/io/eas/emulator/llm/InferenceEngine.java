package io.eas.emulator.llm;

import java.util.ArrayDeque;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Calculates when an inference engine with continuous batching and a prefix cache
 * generates its tokens: a simulation of vLLM's scheduler in virtual time.
 * <ul>
 * <li>Prompts are prefilled one at a time, first come, first served, at a fixed rate.
 * Full blocks that are in the cache are skipped, but at least the last token of a prompt
 * is computed. All full blocks of a prompt enter the cache when its prefill starts. The
 * blocks of a running sequence can be evicted.</li>
 * <li>The first token is generated at the end of prefill. Each decode step then generates
 * one token for every sequence of the batch, and takes
 * {@code stepBase + stepPerSequence * batch}. Sequences join the batch between two steps.
 * Prefill and decode don't slow each other down.</li>
 * <li>A sequence in prefill counts as running. Prompts wait while another prompt is in
 * prefill or {@code maxRunning} sequences run, and are refused while {@code maxQueue}
 * prompts wait.</li>
 * </ul>
 * <p>
 * Times are nanoseconds from any origin, and must not decrease from call to call. The
 * caller asks for events: {@link #nextEventTime()} returns the time of the next event,
 * and {@link #poll(long)} the event. <pre>
 * Sequence sequence = engine.submit(now, 1200, 200, blocks); // null: refused
 * for (Event event = engine.poll(now); event != null; event = engine.poll(now)) { ... }
 * wakeUpAt(engine.nextEventTime());
 * </pre> Each sequence has only two events, for its first and its last token. The times
 * of the tokens in between follow from {@link #nextStepTime()}. Not thread-safe.
 */
public final class InferenceEngine {

	/** The time of an event that isn't going to happen. */
	public static final long NEVER = Long.MAX_VALUE;

	private static final double NANOS_PER_SECOND = 1e9;

	private final EngineSettings settings;

	private final PrefixCache cache;

	private final DecodeBatch batch;

	private final ArrayDeque<Sequence> waiting = new ArrayDeque<>();

	private final ArrayDeque<Event> events = new ArrayDeque<>();

	private @Nullable Sequence prefilling;

	private long prefillEnd = NEVER;

	private long now = Long.MIN_VALUE;

	private long accepted;

	private long queriedTokens;

	private long hitTokens;

	/**
	 * Creates an idle engine with an empty cache.
	 * @param settings the speed and the capacity
	 */
	public InferenceEngine(EngineSettings settings) {
		this.settings = settings;
		this.cache = new PrefixCache(settings.cacheBlocks());
		this.batch = new DecodeBatch(settings.stepBase().toNanos(), settings.stepPerSequence().toNanos());
	}

	/**
	 * Accepts a prompt, or refuses it if the queue is full.
	 * @param time when the prompt arrives
	 * @param promptTokens its length, 1 or more
	 * @param outputTokens how much to generate, 1 or more
	 * @param blocks hashes of its blocks from the first on, each covering all blocks
	 * before it; not copied. Hashes beyond the full blocks of the prompt are ignored
	 * @return the sequence; {@code null} if the queue is full
	 */
	public @Nullable Sequence submit(long time, int promptTokens, int outputTokens, long[] blocks) {
		if (promptTokens < 1 || outputTokens < 1) {
			throw new IllegalArgumentException(
					"prompt and answer must be of 1 token or more, were " + promptTokens + " and " + outputTokens);
		}
		advance(time);
		if (!hasRoom() && this.waiting.size() >= this.settings.maxQueue()) {
			return null;
		}
		Sequence sequence = new Sequence(this.accepted++, promptTokens, outputTokens, blocks);
		this.waiting.add(sequence);
		startPrefill(time);
		return sequence;
	}

	/**
	 * Cancels a sequence, whether it waits or runs. It has no further events. The current
	 * step of other sequences doesn't become shorter.
	 * @param time when the sequence is cancelled
	 * @param sequence a sequence of this engine; nothing happens if it has ended
	 */
	public void cancel(long time, Sequence sequence) {
		advance(time);
		this.events.removeIf((event) -> event.sequence() == sequence);
		if (sequence.over) {
			return;
		}
		if (sequence == this.prefilling) {
			this.prefilling = null;
			this.prefillEnd = NEVER;
		}
		sequence.over = true;
		this.waiting.remove(sequence);
		this.batch.remove(sequence);
		sequence.lastStep = NEVER;
		startPrefill(time);
	}

	/**
	 * Returns the events until a time, one per call, in the order of their times. At the
	 * same time, the end of a prefill comes before the end of a decode step, and the
	 * sequences of a step come in the order of their arrival.
	 * @param time the time, inclusive
	 * @return the earliest event that hasn't been returned yet; {@code null} if there is
	 * none
	 */
	public @Nullable Event poll(long time) {
		if (this.events.isEmpty()) {
			advance(time);
		}
		return this.events.poll();
	}

	/**
	 * Returns the time of the next event of {@link #poll(long)}, if no sequence is
	 * submitted or cancelled before.
	 * @return the time; {@link #NEVER} if the engine is idle
	 */
	public long nextEventTime() {
		Event event = this.events.peek();
		return (event != null) ? event.time() : Math.min(this.prefillEnd, this.batch.nextEnd());
	}

	/**
	 * Returns the end of the current decode step, which generates a token for each
	 * sequence of its batch.
	 * @return the time; {@link #NEVER} if no sequence is decoded
	 */
	public long nextStepTime() {
		return this.batch.stepEnd();
	}

	/**
	 * Returns how many tokens of a sequence have been generated at the latest time that
	 * was passed to this engine.
	 * @param sequence a sequence of this engine
	 * @return the number of tokens; 0 before the first token and for a cancelled sequence
	 */
	public int tokens(Sequence sequence) {
		return (sequence.lastStep != NEVER) ? this.batch.tokens(sequence) : 0;
	}

	/**
	 * Returns the number of sequences in prefill and decode.
	 * @return the value of {@code vllm:num_requests_running}
	 */
	public int running() {
		return this.batch.size() + ((this.prefilling != null) ? 1 : 0);
	}

	/**
	 * Returns the number of sequences whose prefill hasn't started.
	 * @return the value of {@code vllm:num_requests_waiting}
	 */
	public int waiting() {
		return this.waiting.size();
	}

	int cachedBlocks() {
		return this.cache.size();
	}

	/**
	 * Returns the share of the cache's blocks that the running sequences take, counted as
	 * if sequences shared no blocks.
	 * @return the value of {@code vllm:kv_cache_usage_perc}, from 0 to 1
	 */
	public double cacheUsage() {
		long blocks = this.batch.stream().mapToLong(this::blocks).sum();
		if (this.prefilling != null) {
			blocks += blocks(this.prefilling);
		}
		return Math.min(1, (double) blocks / Math.max(1, this.settings.cacheBlocks()));
	}

	private long blocks(Sequence sequence) {
		int size = this.settings.blockSize();
		return ((long) sequence.promptTokens() + tokens(sequence) + size - 1) / size;
	}

	/**
	 * Returns the number of tokens of all prompts whose prefill has started.
	 * @return the value of {@code vllm:prefix_cache_queries}
	 */
	public long queriedTokens() {
		return this.queriedTokens;
	}

	/**
	 * Returns how many of the {@link #queriedTokens()} were found in the prefix cache.
	 * @return the value of {@code vllm:prefix_cache_hits}
	 */
	public long hitTokens() {
		return this.hitTokens;
	}

	/**
	 * Advances to a time. If a prefill and a step end at the same time, the prefill ends
	 * first, so its sequence joins the step that begins then.
	 */
	private void advance(long time) {
		if (time < this.now || time == NEVER) {
			throw new IllegalArgumentException("the time must not decrease, was " + time + " after " + this.now);
		}
		this.now = time;
		long end = this.batch.nextEnd();
		while (Math.min(this.prefillEnd, end) <= time) {
			if (this.prefillEnd <= end) {
				endPrefill(this.prefillEnd);
			}
			else {
				this.batch.advance(end, this::end);
				startPrefill(end);
			}
			end = this.batch.nextEnd();
		}
		this.batch.advance(time, this::end);
	}

	private boolean hasRoom() {
		return this.prefilling == null && running() < this.settings.maxRunning();
	}

	private void startPrefill(long time) {
		Sequence next = hasRoom() ? this.waiting.poll() : null;
		if (next == null) {
			return;
		}
		int size = this.settings.blockSize();
		int full = Math.min(next.blocks.length, next.promptTokens() / size);
		next.cachedTokens = size * this.cache.find(next.blocks, Math.min(full, (next.promptTokens() - 1) / size));
		this.cache.enter(next.blocks, full);
		this.queriedTokens += next.promptTokens();
		this.hitTokens += next.cachedTokens;
		this.prefilling = next;
		int computed = next.promptTokens() - next.cachedTokens;
		this.prefillEnd = time + Math.round(computed * NANOS_PER_SECOND / this.settings.prefillRate());
	}

	private void endPrefill(long time) {
		Sequence sequence = Objects.requireNonNull(this.prefilling);
		this.prefilling = null;
		this.prefillEnd = NEVER;
		this.batch.advance(time - 1, this::end);
		this.events.add(new Event(Event.Type.FIRST_TOKEN, sequence, time));
		if (sequence.outputTokens() > 1) {
			this.batch.join(sequence, time);
		}
		else {
			sequence.lastStep = 0;
			end(sequence, time);
		}
		startPrefill(time);
	}

	private void end(Sequence sequence, long time) {
		sequence.over = true;
		this.events.add(new Event(Event.Type.END, sequence, time));
	}

	/**
	 * An event of a sequence.
	 *
	 * @param type the type of the event
	 * @param sequence the sequence
	 * @param time when the event happened
	 */
	public record Event(Type type, Sequence sequence, long time) {

		/** The types of events. */
		public enum Type {

			/** The first token was generated. */
			FIRST_TOKEN,

			/** The last token was generated. */
			END

		}

	}

}
