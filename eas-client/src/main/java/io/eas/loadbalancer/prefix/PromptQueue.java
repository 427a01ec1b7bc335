package io.eas.loadbalancer.prefix;

import java.util.ArrayDeque;

import org.jspecify.annotations.Nullable;

/**
 * What a client knows of the prompts at one instance, which it takes to compute one after
 * the other: its own prompts that wait for their first content, its own sequences that
 * run, the blocks that the instance has computed for it, and what the engine has reported
 * of the requests of others. Times are nanoseconds. Guarded by the lock of
 * {@link PrefixAware}.
 */
final class PromptQueue {

	/** The seconds after which prompts that were sent count for a third. */
	private static final double RECENT = 60;

	private static final double OTHERS_RUNNING = 0.2;

	/**
	 * The seconds after which a report that came with a response counts no more: the next
	 * one comes when it comes, and only if the instance is picked.
	 */
	private static final double FADED = 5;

	/** A counter that is smaller by this factor has started again, with its engine. */
	private static final int RESTART = 10;

	private final PromptStatistics statistics;

	final BlockIndex index;

	private final ArrayDeque<PromptLoad.Sent> waiting = new ArrayDeque<>();

	private double waitingTokens;

	private int running;

	/** When the instance started to compute the first of the waiting prompts. */
	private long frontSince;

	/** When the client last had a first content, or sent a prompt to an idle instance. */
	private long idleSince;

	/** Without common prefixes, which others may have sent there before. */
	private double recentTokens;

	private long recentAt;

	private @Nullable EngineLoad report;

	/** The tokens of the last report that had any; negative before. */
	private long computedTokens = -1;

	private long reportedAt;

	/** The waiting prompts at the time of the report, and those sent since. */
	private long waitingAtReport;

	private long sentSinceReport;

	/** How many prompts were seen to start, at least, and when the last one did. */
	private long starts;

	private long lastStart;

	/** What is left of the prompts that had started by the time of the report. */
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

	/** Returns whether, as far as is known, the instance computes a prompt by now. */
	private boolean isComputing(PromptLoad.Sent front) {
		return this.report == null || fades(this.report) || this.statistics.trust() == 0
				|| front.ahead() - (this.starts - front.startsBefore()) < 0;
	}

	boolean isReported() {
		return this.report != null;
	}

	/**
	 * Returns the tokens that the instance has yet to compute for others, as far as its
	 * reports tell: the rest of the prompt that it computes, and those that wait at an
	 * average length.
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

	/** A report that came with a response tells no more than how many requests wait. */
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

	/** Returns the tokens of own prompts that were sent some time ago, which fade. */
	double recentTokens(long now) {
		return (this.recentTokens > 0) ? this.recentTokens * Math.exp(-seconds(now - this.recentAt) / RECENT) : 0;
	}

	/**
	 * Returns the number of sequences that run, as far as reports are trusted. Those of
	 * others count for less: all clients hear of them at the same time, and would go to
	 * the same instance.
	 */
	double running() {
		EngineLoad known = this.report;
		return (known != null)
				? this.running + OTHERS_RUNNING * this.statistics.trust() * Math.max(0, known.running() - this.running)
				: this.running;
	}

	/**
	 * Returns how many requests are before a prompt that is sent now, the one in prefill
	 * included; -1 if the instance starts with it at once.
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
	 * Records a prompt. Its blocks count as known from now on, so that others that begin
	 * with them follow it, until it ends without an answer.
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

	/** A prompt that was refused, or left, may never have been computed. */
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

	/** Takes over a report of the engine, or that there is none. */
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

	/** The engine can't have been asked for while it started. */
	private boolean hasRestarted(EngineLoad newest) {
		long before = this.computedTokens;
		if (newest.computedTokens() >= 0) {
			this.computedTokens = newest.computedTokens();
		}
		return newest.computedTokens() >= 0 && newest.computedTokens() < before / RESTART;
	}

	/**
	 * The tokens of what has started leak away at the rate of prefill; until the rate is
	 * known they don't count.
	 */
	private void compute(EngineLoad before, EngineLoad newest, long now) {
		double done = seconds(now - this.reportedAt) * this.statistics.rate();
		double begun = Math.max(0, newest.computedTokens() - before.computedTokens());
		this.computing = (done <= 0 || (newest.waiting() == 0 && newest.running() == 0)) ? 0
				: Math.max(0, this.computing - done) + Math.min(begun, done + this.statistics.mostOfOthers());
	}

	/** Forgets the blocks, since the instance has lost them, or may have. */
	void forget() {
		if (this.index.size() > 0) {
			this.index.clear();
		}
	}

}
