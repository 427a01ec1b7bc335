package io.eas.loadbalancer.prefix;

import java.util.Arrays;

/**
 * What a client learns from its own prompts, in all instances of a service together:
 *
 * <ul>
 * <li>the <b>rate</b> of prefill: the time between the first contents of two prompts that
 * follow each other on an instance. The prompts of other clients come in between, so the
 * rate is the 80 % quantile of the samples, by stochastic approximation (Robbins and
 * Monro) that begins at the median of the first ones.</li>
 * <li>the <b>lengths</b> of the last prompts, without what was cached.</li>
 * <li>the <b>trust</b> in the signals of engines: the slope of a linear regression of the
 * waits that the client's own prompts didn't explain over those that the signals
 * predicted, with exponential forgetting. Signals that are random, frozen or late explain
 * little, so they count for little.</li>
 * <li>the <b>unexplained</b> share of the waits. It is near 0 for the only client of a
 * service, and grows with the share of the load that the client knows nothing about.</li>
 * </ul>
 *
 * Tokens are estimates, so the rate is relative to the same estimate. Guarded by the lock
 * of {@link PrefixAware}.
 */
final class PromptStatistics {

	private static final int LENGTHS = 64;

	private static final double FIRST_LENGTH = 4000;

	/**
	 * A prompt that is too short to measure the rate with, unless half of the average is
	 * shorter.
	 */
	private static final double SHORT = 1000;

	/** The number of samples whose median is the rate at first. */
	private static final int FIRST_SAMPLES = 15;

	private static final double QUANTILE = 0.8;

	private static final double STEP = 0.1;

	/** What one prompt leaves of the weight of those before it. */
	private static final double REGRESSION_KEEPS = 0.99;

	private static final double UNEXPLAINED_KEEPS = 0.95;

	/** Slopes from which on a signal is trusted at all, and fully. */
	private static final double DOUBTFUL = 0.2;

	private static final double TRUSTED = 0.6;

	/** What the signals may predict at most, in average prompts. */
	private static final double MOST_PROMPTS = 16;

	private final double[] lengths = new double[LENGTHS];

	private int count;

	private double sum;

	private double rate;

	/** The first samples of the rate, sorted. */
	private final double[] samples = new double[FIRST_SAMPLES];

	private int sampled;

	private double n;

	private double sumX;

	private double sumY;

	private double sumXX;

	private double sumXY;

	private double unexplained;

	private double waited;

	private double others;

	/** Records the length of a prompt that is sent, in tokens that aren't cached. */
	void sent(double tokens) {
		int index = this.count++ % LENGTHS;
		this.sum += tokens - this.lengths[index];
		this.lengths[index] = tokens;
		this.count = (this.count == 2 * LENGTHS) ? LENGTHS : this.count;
	}

	/** Returns the average length of a prompt. */
	double meanLength() {
		return (this.count > 0) ? this.sum / Math.min(LENGTHS, this.count) : FIRST_LENGTH;
	}

	/**
	 * Returns what is left on average of a prompt of which some tokens have been
	 * computed.
	 * @param busy whether the engine is known to compute it still
	 */
	double residualLength(double computed, boolean busy) {
		int known = Math.min(LENGTHS, this.count);
		double left = 0;
		int longer = 0;
		for (int i = 0; i < known; i++) {
			if (this.lengths[i] > computed) {
				left += this.lengths[i] - computed;
				longer++;
			}
		}
		if (busy) {
			return (longer > 0) ? left / longer : computed / 2;
		}
		return (known > 0) ? left / known : FIRST_LENGTH;
	}

	/** Returns the most that the signals of an engine may predict. */
	double mostOfOthers() {
		return MOST_PROMPTS * meanLength();
	}

	/** Returns the tokens of prompts that an instance computes per second. */
	double rate() {
		return this.rate;
	}

	/** Records how long an instance took for a prompt, itself only or more. */
	void prefilled(double tokens, double seconds) {
		if (tokens > Math.min(SHORT, meanLength() / 2) && seconds > 0) {
			double sample = tokens / seconds;
			if (this.sampled < FIRST_SAMPLES) {
				this.rate = median(sample);
			}
			else {
				this.rate *= (sample > this.rate) ? 1 + STEP * QUANTILE : 1 - STEP * (1 - QUANTILE);
			}
		}
	}

	/** Some prompts may be cached, unknown to a client that has just started. */
	private double median(double sample) {
		this.samples[this.sampled++] = sample;
		Arrays.sort(this.samples, 0, this.sampled);
		return this.samples[(this.sampled - 1) / 2];
	}

	/**
	 * Records how long a prompt has waited for its first content.
	 * @param seconds how long
	 * @param own the tokens that the client expected of its own prompts
	 * @param reported the tokens that the signals predicted; negative without signals
	 */
	void waited(double seconds, double own, double reported) {
		double actual = seconds * this.rate;
		if (actual <= 0) {
			return;
		}
		double expected = own + trust() * Math.max(0, reported);
		this.unexplained = this.unexplained * UNEXPLAINED_KEEPS + Math.max(0, actual - expected);
		this.waited = this.waited * UNEXPLAINED_KEEPS + actual;
		if (reported >= 0) {
			double mean = Math.max(1, meanLength());
			double x = reported / mean;
			double y = Math.min(MOST_PROMPTS, (actual - own) / mean);
			this.n = this.n * REGRESSION_KEEPS + 1;
			this.sumX = this.sumX * REGRESSION_KEEPS + x;
			this.sumY = this.sumY * REGRESSION_KEEPS + y;
			this.sumXX = this.sumXX * REGRESSION_KEEPS + x * x;
			this.sumXY = this.sumXY * REGRESSION_KEEPS + x * y;
		}
	}

	/** Returns how much the signals count, from 0 to 1; 1 before any measurement. */
	double trust() {
		if (this.n == 0) {
			return 1;
		}
		// one imagined sample, of a perfect signal, keeps the slope in bounds
		double variance = this.sumXX - this.sumX * this.sumX / this.n + 1;
		double covariance = this.sumXY - this.sumX * this.sumY / this.n + 1;
		return Math.max(0, Math.min(1, (covariance / variance - DOUBTFUL) / (TRUSTED - DOUBTFUL)));
	}

	/** Returns the share of the waits that nothing known explains, from 0 to 1. */
	double unexplained() {
		return (this.waited > 0) ? Math.min(1, this.unexplained / this.waited) : 0;
	}

	/** Records whether an engine has reported requests of others. */
	void reported(boolean others) {
		this.others += ((others ? 1 : 0) - this.others) / 100;
	}

	/** Returns how often engines report requests of others, from 0 to 1. */
	double others() {
		return this.others;
	}

}
