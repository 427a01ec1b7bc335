package io.eas.loadbalancer.prefix;

import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

import io.eas.loadbalancer.InstanceState;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.RequestLoad;
import org.jspecify.annotations.Nullable;

/**
 * The prompt of one call, with the values that the last pick expected. Guarded by the
 * lock of {@link PrefixAware}.
 */
final class PromptLoad implements RequestLoad {

	private final PrefixAware algorithm;

	final PromptBlocks prompt;

	/**
	 * The instance that this algorithm picked last; null if the instance was chosen in
	 * another way.
	 */
	private @Nullable InstanceState picked;

	private @Nullable PromptQueue queue;

	/** The tokens of this client's prompts that wait before this prompt. */
	private double ownTokens;

	/**
	 * The tokens of other clients' prompts that wait before this prompt; negative if the
	 * engine has reported nothing.
	 */
	private double othersTokens;

	private int cachedBlocks;

	/** The tokens of a common prefix that the instance is expected to compute once. */
	private double commonTokens;

	/** The maximum number of first blocks that an instance knew at the last pick. */
	private int knownBlocks;

	/** Whether the prompt has been recorded, which happens once per call. */
	private boolean recorded;

	PromptLoad(PrefixAware algorithm, PromptBlocks prompt) {
		this.algorithm = algorithm;
		this.prompt = prompt;
	}

	/** Forgets the last pick, before the next one. */
	void unpicked() {
		this.picked = null;
		this.queue = null;
	}

	/** Records the result of a pick. */
	void picked(InstanceState state, PromptQueue queue, long now, int cachedBlocks, int commonBlocks, int knownBlocks) {
		this.picked = state;
		this.queue = queue;
		this.knownBlocks = knownBlocks;
		expect(queue, now, cachedBlocks, commonBlocks);
	}

	private void expect(PromptQueue queue, long now, int cachedBlocks, int commonBlocks) {
		this.cachedBlocks = cachedBlocks;
		this.commonTokens = Math.max(0, commonBlocks - cachedBlocks) * this.prompt.tokensPerBlock();
		this.ownTokens = queue.ownTokens(now);
		this.othersTokens = queue.isReported() ? queue.othersTokens(now) : -1;
	}

	@Override
	public AttemptLoad start(InstanceState instance) {
		return this.algorithm.start(this, instance);
	}

	/** Starts an attempt; the caller holds the lock. */
	@SuppressWarnings("ReferenceEquality") // an instance that comes back has a new state
	Sent start(InstanceState instance, PromptQueue found, long now) {
		if (this.picked != instance) {
			unpicked();
			expect(found, now, found.index.match(this.prompt.hashes()), 0);
		}
		else if (!this.recorded) {
			this.algorithm.prefixes.record(this.prompt, this.knownBlocks);
			this.recorded = true;
		}
		Sent sent = new Sent(found, now);
		found.sent(sent, now);
		return sent;
	}

	@Nullable PromptQueue queueOf(InstanceState instance) {
		return instance.equals(this.picked) ? this.queue : null;
	}

	@Override
	public @Nullable String reason() {
		this.algorithm.lock();
		try {
			return (this.picked != null) ? why() : null;
		}
		finally {
			this.algorithm.unlock();
		}
	}

	/** Returns the reason; the caller holds the lock. */
	private String why() {
		long computed = Math.round(this.prompt.tokensAfter(this.cachedBlocks));
		return Math.round(this.prompt.tokens()) - computed + " of about " + Math.round(this.prompt.tokens())
				+ " tokens cached"
				+ ((this.commonTokens > 0) ? ", " + Math.round(this.commonTokens) + " of a common prefix computed once"
						: "")
				+ "; tokens that wait before it: " + Math.round(this.ownTokens) + " of this client"
				+ ((this.othersTokens >= 0) ? ", " + Math.round(this.othersTokens) + " of others" : "");
	}

	/** An attempt that sends the prompt to one instance. */
	final class Sent implements AttemptLoad {

		private final PromptQueue at;

		private final long since;

		private final double tokens = PromptLoad.this.prompt.tokensAfter(PromptLoad.this.cachedBlocks);

		private final int cached = PromptLoad.this.cachedBlocks;

		private final double common = PromptLoad.this.commonTokens;

		private final double own = PromptLoad.this.ownTokens + this.tokens;

		private final double others = PromptLoad.this.othersTokens;

		private long ahead;

		private long startsBefore;

		private boolean ended;

		/** The load that came with the response; it no longer includes this prompt. */
		private volatile @Nullable EngineLoad report;

		Sent(PromptQueue at, long now) {
			this.at = at;
			this.since = now;
			this.ahead = at.ahead();
			this.startsBefore = at.starts();
		}

		/** Returns the number of tokens that the instance has to compute. */
		double tokens() {
			return this.tokens;
		}

		/** Returns the number of tokens to compute that belong to a common prefix. */
		double commonTokens() {
			return this.common;
		}

		long[] blocks() {
			return PromptLoad.this.prompt.hashes();
		}

		/** Returns the number of first blocks that the instance had cached. */
		int cachedBlocks() {
			return this.cached;
		}

		long since() {
			return this.since;
		}

		double ownTokens() {
			return this.own;
		}

		double othersTokens() {
			return this.others;
		}

		long ahead() {
			return this.ahead;
		}

		long startsBefore() {
			return this.startsBefore;
		}

		/** Records that the instance must be computing this prompt by now. */
		void computing(long starts) {
			this.ahead = -1;
			this.startsBefore = starts;
		}

		@Override
		public void requesting(BiConsumer<String, String> headers) {
			if (PromptLoad.this.algorithm.loadHeader) {
				headers.accept(LoadHeader.FORMAT_NAME, LoadHeader.FORMAT);
			}
		}

		@Override
		public void responding(UnaryOperator<@Nullable String> headers) {
			String value = PromptLoad.this.algorithm.loadHeader ? headers.apply(LoadHeader.NAME) : null;
			this.report = (value != null) ? LoadHeader.read(value) : null;
		}

		@Override
		public void content() {
			PromptLoad.this.algorithm.locked((now) -> {
				if (!this.ended) {
					this.at.answered(this, now);
				}
			});
		}

		@Override
		public void ended(Outcome outcome) {
			PromptLoad.this.algorithm.locked((now) -> {
				if (this.ended) {
					return;
				}
				this.ended = true;
				this.at.ended(this, outcome == Outcome.ANSWERED, now);
				if (this.report != null) {
					this.at.report(this.report, now);
				}
				if (outcome == Outcome.UNREACHABLE || outcome == Outcome.BROKEN) {
					this.at.forget();
				}
			});
		}

	}

}
