package io.eas.loadbalancer.prefix;

import java.util.Arrays;

/**
 * Statistics that a client derives from its own prompts on all instances of a service:
 *
 * <ul>
 * <li>the <b>rate</b> of prefill, from the time between the first contents of two
 * consecutive prompts on an instance. The instance may compute prompts of other clients
 * in between, so the rate is the 80 % quantile of the samples, by stochastic
 * approximation (Robbins and Monro) that begins at the median of the first samples.</li>
 * <li>the <b>lengths</b> of the last prompts, without the cached tokens.</li>
 * <li>the <b>trust</b> in the signals of engines: the slope of a linear regression, with
 * exponential forgetting, of the waits that the client's own prompts didn't explain over
 * the waits that the signals predicted. Signals that are random, frozen or late explain
 * little, so they count for little.</li>
 * <li>the <b>unexplained</b> share of the waits. It is near 0 for the only client of a
 * service, and grows with the share of the load that the client knows nothing about.</li>
 * </ul>
 *
 * Numbers of tokens are estimates, and the rate is in estimated tokens as well. Guarded
 * by the lock of {@link PrefixAware}.
 */
final class PromptStatistics {

	private static final int LENGTHS = 64;

	private static final double FIRST_LENGTH = 4000;

	/**
	 * The length up to which a prompt is too short to measure the rate, unless half of
	 * the average length is less.
	 */
	private static final double SHORT = 1000;

	/** The number of first samples whose median is the initial rate. */
	private static final int FIRST_SAMPLES = 15;

	private static final double QUANTILE = 0.8;

	private static final double STEP = 0.1;

	/** The factor by which each prompt reduces the weight of the prompts before it. */
	private static final double REGRESSION_KEEPS = 0.99;

	private static final double UNEXPLAINED_KEEPS = 0.95;

	/**
	 * The slope above which signals are trusted at all; from {@link #TRUSTED} on, they
	 * are trusted fully.
	 */
	private static final double DOUBTFUL = 0.2;

	private static final double TRUSTED = 0.6;

	/** The maximum wait that the signals may predict, in prompts of average length. */
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
	 * Returns the average number of tokens that are left of a prompt after some of its
	 * tokens have been computed.
	 * @param busy whether the engine is known to be still computing the prompt
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

	/** Returns the maximum number of tokens that the signals of an engine may predict. */
	double mostOfOthers() {
		return MOST_PROMPTS * meanLength();
	}

	/**
	 * Returns the number of prompt tokens that an instance computes per second; 0 as long
	 * as it isn't known.
	 */
	double rate() {
		return this.rate;
	}

	/**
	 * Records how long an instance took for a prompt, possibly together with other
	 * prompts.
	 */
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

	/**
	 * Adds one of the first samples, and returns their median. The median is robust
	 * against prompts that are cached without the knowledge of a client that has just
	 * started.
	 */
	private double median(double sample) {
		this.samples[this.sampled++] = sample;
		Arrays.sort(this.samples, 0, this.sampled);
		return this.samples[(this.sampled - 1) / 2];
	}

	/**
	 * Records how long a prompt has waited for its first content.
	 * @param seconds the wait in seconds
	 * @param own the tokens of the client's own prompts that the instance had to compute
	 * in this time
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

	/** Returns the share of the waits that no known prompts explain, from 0 to 1. */
	double unexplained() {
		return (this.waited > 0) ? Math.min(1, this.unexplained / this.waited) : 0;
	}

	/** Records whether an engine has reported requests of other clients. */
	void reported(boolean others) {
		this.others += ((others ? 1 : 0) - this.others) / 100;
	}

	/**
	 * Returns the fraction of the last reports that contain requests of other clients,
	 * from 0 to 1.
	 */
	double others() {
		return this.others;
	}

}
