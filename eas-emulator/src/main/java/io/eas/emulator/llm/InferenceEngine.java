package io.eas.emulator.llm;

import java.util.ArrayDeque;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * When an inference engine with continuous batching and a prefix cache answers, without
 * computing anything: a model of vLLM's scheduler in virtual time.
 * <ul>
 * <li>Prompts are prefilled one at a time, first come, first served, at a fixed rate.
 * Full blocks of a prompt that the cache has are skipped, but at least the last token is
 * computed. All full blocks are entered when prefill starts; a running sequence doesn't
 * keep its blocks from being evicted.</li>
 * <li>The end of prefill is the first token. Each decode step then gives one token to
 * every sequence of the batch, and takes {@code stepBase + stepPerSequence * batch}.
 * Sequences join the batch between two steps. Prefill and decode don't slow each other
 * down.</li>
 * <li>Prefill counts as running. Prompts wait while another one is in prefill or
 * {@code maxRunning} sequences run, and are refused while {@code maxQueue} wait.</li>
 * </ul>
 * <p>
 * Times are nanoseconds from any origin, and must not decrease from call to call. What
 * happens is asked for: {@link #nextEventTime()} says when, {@link #poll(long)} what.
 * <pre>
 * Sequence sequence = engine.submit(now, 1200, 200, blocks); // null: refused
 * for (Event event = engine.poll(now); event != null; event = engine.poll(now)) { ... }
 * wakeUpAt(engine.nextEventTime());
 * </pre> A sequence costs two events whatever its length; the time of tokens in between
 * is computed only if {@link #nextStepTime()} is used. Not thread-safe.
 */
public final class InferenceEngine {

	/** The time of what isn't going to happen. */
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
	 * An idle engine with an empty cache.
	 * @param settings how fast it is
	 */
	public InferenceEngine(EngineSettings settings) {
		this.settings = settings;
		this.cache = new PrefixCache(settings.cacheBlocks());
		this.batch = new DecodeBatch(settings.stepBase().toNanos(), settings.stepPerSequence().toNanos());
	}

	/**
	 * Takes on a prompt.
	 * @param time when it arrives
	 * @param promptTokens its length, 1 or more
	 * @param outputTokens how much to generate, 1 or more
	 * @param blocks hashes of its blocks from the first on, each covering all before it;
	 * not copied. What exceeds the full blocks of the prompt is ignored
	 * @return the sequence, {@code null} if the queue is full
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
	 * Drops a sequence wherever it is. It has no further events; the step under way takes
	 * its time nevertheless.
	 * @param time when it is dropped
	 * @param sequence one of this engine; nothing happens if it is over
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
	 * Says what has happened, one event per call, and of equal times what arrived first.
	 * @param time until when, inclusive
	 * @return the earliest event that wasn't told yet; {@code null} if there is none
	 */
	public @Nullable Event poll(long time) {
		if (this.events.isEmpty()) {
			advance(time);
		}
		return this.events.poll();
	}

	/**
	 * When {@link #poll(long)} has something to say, if nothing is submitted or cancelled
	 * before.
	 * @return the time, {@link #NEVER} if the engine is idle
	 */
	public long nextEventTime() {
		Event event = this.events.peek();
		return (event != null) ? event.time() : Math.min(this.prefillEnd, this.batch.nextEnd());
	}

	/**
	 * When the decode step under way is over, which gives a token to each sequence of its
	 * batch.
	 * @return the time, {@link #NEVER} if nothing is decoded
	 */
	public long nextStepTime() {
		return this.batch.stepEnd();
	}

	/**
	 * How much of a sequence has been generated, at the latest time that this engine was
	 * called with.
	 * @param sequence one of this engine
	 * @return in tokens; 0 before the first one, and after it was cancelled
	 */
	public int tokens(Sequence sequence) {
		return (sequence.lastStep != NEVER) ? this.batch.tokens(sequence) : 0;
	}

	/**
	 * Sequences in prefill and decode.
	 * @return as {@code vllm:num_requests_running}
	 */
	public int running() {
		return this.batch.size() + ((this.prefilling != null) ? 1 : 0);
	}

	/**
	 * Sequences whose prefill hasn't started.
	 * @return as {@code vllm:num_requests_waiting}
	 */
	public int waiting() {
		return this.waiting.size();
	}

	int cachedBlocks() {
		return this.cache.size();
	}

	/**
	 * The share of the cache's blocks that the running sequences take, counted as if they
	 * shared none.
	 * @return from 0 to 1, as {@code vllm:kv_cache_usage_perc}
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
	 * Tokens of all prompts whose prefill has started.
	 * @return as {@code vllm:prefix_cache_queries}
	 */
	public long queriedTokens() {
		return this.queriedTokens;
	}

	/**
	 * Those of {@link #queriedTokens()} that were found in the prefix cache.
	 * @return as {@code vllm:prefix_cache_hits}
	 */
	public long hitTokens() {
		return this.hitTokens;
	}

	/** At equal times prefill ends first, so the sequence joins the step that begins. */
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
	 * What happened to a sequence.
	 *
	 * @param type what
	 * @param sequence to which one
	 * @param time when
	 */
	public record Event(Type type, Sequence sequence, long time) {

		/** What can happen. */
		public enum Type {

			/** The first token was generated. */
			FIRST_TOKEN,

			/** The last token was generated. */
			END

		}

	}

}
