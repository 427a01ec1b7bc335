package io.eas.loadbalancer.prefix;

import java.util.ArrayDeque;

import org.jspecify.annotations.Nullable;

/**
 * The prompts on one instance, as far as a client knows them: its own prompts that wait
 * for their first content, its own running sequences, the blocks that the instance has
 * computed for it, and the engine's reports of the requests of other clients. The client
 * assumes that the instance computes prompts one after the other. Times are in
 * nanoseconds. Guarded by the lock of {@link PrefixAware}.
 */
final class PromptQueue {

	/** The time in seconds after which a sent prompt counts for about a third. */
	private static final double RECENT = 60;

	private static final double OTHERS_RUNNING = 0.2;

	/**
	 * The time in seconds after which a report that came with a response no longer
	 * counts. The next report comes only if the instance is picked again.
	 */
	private static final double FADED = 5;

	/** If a counter is smaller than before by this factor, the engine has restarted. */
	private static final int RESTART = 10;

	private final PromptStatistics statistics;

	final BlockIndex index;

	private final ArrayDeque<PromptLoad.Sent> waiting = new ArrayDeque<>();

	private double waitingTokens;

	private int running;

	/** When the instance started to compute the first of the waiting prompts. */
	private long frontSince;

	/**
	 * When the client last received the first content of a prompt, or sent a prompt to an
	 * idle instance.
	 */
	private long idleSince;

	/**
	 * The tokens of prompts that were sent lately, without common prefixes, which other
	 * clients may have sent to the instance before.
	 */
	private double recentTokens;

	private long recentAt;

	private @Nullable EngineLoad report;

	/**
	 * The computed tokens in the last report that contained them; negative if there was
	 * none.
	 */
	private long computedTokens = -1;

	private long reportedAt;

	/**
	 * The number of own prompts that waited at the time of the report;
	 * {@link #sentSinceReport} counts those that were sent since then.
	 */
	private long waitingAtReport;

	private long sentSinceReport;

	/**
	 * The minimum number of prompts that have started, according to the reports;
	 * {@link #lastStart} is the time of the last start.
	 */
	private long starts;

	private long lastStart;

	/**
	 * The tokens of started prompts that were left to compute at the time of the report.
	 */
	private double computing;

	PromptQueue(PromptStatistics statistics, int blocks) {
		this.statistics = statistics;
		this.index = new BlockIndex(blocks);
	}

	private static double seconds(long nanos) {
		return nanos / 1e9;
	}

	/** Returns the tokens of own prompts that the instance has yet to compute. */
	double ownTokens(long now) {
		PromptLoad.Sent front = this.waiting.peek();
		double computed = (front != null && isComputing(front))
				? Math.min(front.tokens(), seconds(now - this.frontSince) * this.statistics.rate()) : 0;
		return Math.max(0, this.waitingTokens - computed);
	}

	/**
	 * Returns whether, as far as is known, the instance is computing the first of the
	 * waiting prompts by now.
	 */
	private boolean isComputing(PromptLoad.Sent front) {
		return this.report == null || fades(this.report) || this.statistics.trust() == 0
				|| front.ahead() - (this.starts - front.startsBefore()) < 0;
	}

	boolean isReported() {
		return this.report != null;
	}

	/**
	 * Returns the tokens that the instance has yet to compute for other clients,
	 * according to its reports: the rest of the prompt that it is computing, and the
	 * waiting prompts, each with an average length.
	 */
	double othersTokens(long now) {
		EngineLoad known = this.report;
		if (known == null) {
			return 0;
		}
		if (fades(known)) {
			double left = Math.max(0, 1 - seconds(now - this.reportedAt) / FADED);
			double others = Math.max(0, known.waiting() - this.waitingAtReport) * this.statistics.meanLength();
			return left * Math.min(others, this.statistics.mostOfOthers());
		}
		PromptLoad.Sent front = this.waiting.peek();
		boolean ownComputes = front != null && isComputing(front);
		long ownWaiting = Math.max(0, this.waitingAtReport - (ownComputes ? 1 : 0));
		double tokens = Math.max(0, known.waiting() - ownWaiting) * this.statistics.meanLength();
		if (!ownComputes) {
			tokens += restOfOthers(known, now);
		}
		return Math.min(tokens, this.statistics.mostOfOthers());
	}

	/**
	 * Returns whether a report came with a response. Such a report contains only the
	 * number of waiting requests, and counts for less over time.
	 */
	private static boolean fades(EngineLoad load) {
		return load.running() < 0;
	}

	private double restOfOthers(EngineLoad known, long now) {
		double rate = this.statistics.rate();
		if (known.computedTokens() >= 0) {
			return Math.max(0, this.computing - seconds(now - this.reportedAt) * rate);
		}
		boolean busy = known.waiting() > 0;
		return (busy || known.running() > this.running)
				? this.statistics.residualLength(seconds(now - this.lastStart) * rate, busy) : 0;
	}

	/**
	 * Returns the tokens of own prompts that were sent lately; they count for less over
	 * time.
	 */
	double recentTokens(long now) {
		return (this.recentTokens > 0) ? this.recentTokens * Math.exp(-seconds(now - this.recentAt) / RECENT) : 0;
	}

	/**
	 * Returns the number of running sequences, as far as reports are trusted. Sequences
	 * of other clients count for less, since all clients learn of them at the same time
	 * and would pick the same instance.
	 */
	double running() {
		EngineLoad known = this.report;
		return (known != null)
				? this.running + OTHERS_RUNNING * this.statistics.trust() * Math.max(0, known.running() - this.running)
				: this.running;
	}

	/**
	 * Returns the number of waiting requests that start before a prompt that is sent now;
	 * -1 if the instance starts to compute the prompt at once.
	 */
	long ahead() {
		EngineLoad known = this.report;
		if (known == null) {
			return this.waiting.size() - 1L;
		}
		boolean prefilling = known.waiting() > 0 || known.running() > this.running;
		return known.waiting() + this.sentSinceReport + (prefilling ? 1 : 0) - 1;
	}

	long starts() {
		return this.starts;
	}

	/**
	 * Records that a prompt was sent. Its blocks count as known from now on, so that
	 * prompts with the same prefix go to the same instance. If the prompt ends without an
	 * answer, its blocks no longer count as known.
	 */
	void sent(PromptLoad.Sent prompt, long now) {
		if (this.waiting.isEmpty()) {
			this.frontSince = now;
			this.idleSince = now;
		}
		this.waiting.add(prompt);
		this.waitingTokens += prompt.tokens();
		this.recentTokens = recentTokens(now) + prompt.tokens() - prompt.commonTokens();
		this.recentAt = now;
		this.sentSinceReport++;
		this.index.enter(prompt.blocks());
		this.statistics.sent(prompt.tokens());
	}

	/** Records that the first content of a prompt has arrived. */
	void answered(PromptLoad.Sent prompt, long now) {
		boolean front = this.waiting.peek() == prompt;
		if (!release(prompt)) {
			return;
		}
		this.running++;
		this.index.enter(prompt.blocks());
		if (front && prompt.commonTokens() == 0) {
			this.statistics.prefilled(prompt.tokens(), seconds(now - this.idleSince));
		}
		this.statistics.waited(seconds(now - prompt.since()), prompt.ownTokens(), prompt.othersTokens());
		this.idleSince = now;
		this.frontSince = now;
		this.lastStart = now;
	}

	/** Records the end of a prompt. */
	void ended(PromptLoad.Sent prompt, boolean answered, long now) {
		boolean front = this.waiting.peek() == prompt;
		if (!release(prompt)) {
			this.running = Math.max(0, this.running - 1);
			return;
		}
		if (front) {
			this.frontSince = now;
			this.idleSince = now;
		}
		if (answered) {
			this.index.enter(prompt.blocks());
		}
		else {
			takeBack(prompt, now);
		}
	}

	/**
	 * Takes back a prompt that ended without an answer, since it may never have been
	 * computed.
	 */
	private void takeBack(PromptLoad.Sent prompt, long now) {
		this.index.remove(prompt.blocks(), prompt.cachedBlocks());
		this.recentTokens = Math.max(0, recentTokens(now) - prompt.tokens() + prompt.commonTokens());
		this.recentAt = now;
		if (this.sentSinceReport > 0 && prompt.since() - this.reportedAt >= 0) {
			this.sentSinceReport--;
		}
	}

	private boolean release(PromptLoad.Sent prompt) {
		boolean released = this.waiting.remove(prompt);
		this.waitingTokens = this.waiting.isEmpty() ? 0 : this.waitingTokens - (released ? prompt.tokens() : 0);
		return released;
	}

	/** Records a report of the engine, or null if there is none. */
	void report(@Nullable EngineLoad newest, long now) {
		EngineLoad before = this.report;
		if (newest == null) {
			this.report = null;
			return;
		}
		if (before != null) {
			long started = before.waiting() + this.sentSinceReport - newest.waiting();
			if (newest.running() > before.running() || started > 0) {
				starting(Math.max(1, started), now);
			}
			compute(before, newest, now);
		}
		else {
			this.lastStart = now;
			this.computing = 0;
		}
		if (hasRestarted(newest) && this.statistics.trust() > 0) {
			forget();
		}
		this.report = newest;
		this.reportedAt = now;
		this.waitingAtReport = this.waiting.size();
		this.sentSinceReport = 0;
		PromptLoad.Sent front = this.waiting.peek();
		if (front != null && newest.waiting() < this.waiting.size() && !isComputing(front)) {
			front.computing(this.starts);
		}
		this.statistics.reported((long) newest.waiting() + newest.running() > this.waiting.size() + this.running);
	}

	private void starting(long started, long now) {
		PromptLoad.Sent front = this.waiting.peek();
		boolean computing = front == null || isComputing(front);
		this.starts += started;
		this.lastStart = now;
		if (front != null && !computing && isComputing(front)) {
			this.frontSince = now;
		}
	}

	/**
	 * Returns whether the engine has restarted since its last report of computed tokens.
	 */
	private boolean hasRestarted(EngineLoad newest) {
		long before = this.computedTokens;
		if (newest.computedTokens() >= 0) {
			this.computedTokens = newest.computedTokens();
		}
		return newest.computedTokens() >= 0 && newest.computedTokens() < before / RESTART;
	}

	/**
	 * Updates the tokens of started prompts that are left to compute. They decrease at
	 * the rate of prefill; as long as the rate isn't known, they count as 0.
	 */
	private void compute(EngineLoad before, EngineLoad newest, long now) {
		double done = seconds(now - this.reportedAt) * this.statistics.rate();
		double begun = Math.max(0, newest.computedTokens() - before.computedTokens());
		this.computing = (done <= 0 || (newest.waiting() == 0 && newest.running() == 0)) ? 0
				: Math.max(0, this.computing - done) + Math.min(begun, done + this.statistics.mostOfOthers());
	}

	/** Forgets the blocks, since the instance has lost them or may have lost them. */
	void forget() {
		if (this.index.size() > 0) {
			this.index.clear();
		}
	}

}
