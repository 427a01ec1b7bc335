package io.eas.client.retry;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import io.eas.client.retry.RetryRules.Backoff;
import io.eas.client.retry.RetryRules.RetryOn;
import io.eas.settings.Assert;
import io.eas.settings.InvalidSettingException;

/**
 * Retry settings of a service.
 *
 * @param rules the retry rules
 * @param budget the limit for the retries of all calls together
 */
public record RetrySettings(RetryRules rules, Budget budget) {

	/** The default settings. */
	public static final RetrySettings DEFAULTS = builder().build();

	/**
	 * Returns a builder.
	 * @return a builder with the default settings
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Builder of retry settings, which are checked by {@link #build}. Not thread-safe.
	 */
	public static final class Builder {

		private int maxAttempts = 3;

		private Set<RetryOn> on = Set.of(RetryOn.CONNECT, RetryOn.RESET, RetryOn.REFUSED_BY_STATUS);

		private Set<Integer> onStatuses = Set.of(450, 502, 503, 504);

		private boolean idempotent = true;

		private Supplier<Backoff> backoff = () -> new Backoff(Duration.ZERO, Duration.ofMillis(200), 2, 0.5);

		private Supplier<Budget> budget = () -> new Budget(0.2, 10);

		private Builder() {
		}

		/**
		 * Sets the maximum number of attempts of a call, including the first; 3 by
		 * default.
		 * @param maxAttempts see {@link RetryRules#maxAttempts}
		 * @return this builder
		 */
		public Builder maxAttempts(int maxAttempts) {
			this.maxAttempts = maxAttempts;
			return this;
		}

		/**
		 * Sets the kinds of failure that are retried; all except
		 * {@link RetryOn#READ_TIMEOUT} by default.
		 * @param on see {@link RetryRules#on}
		 * @return this builder
		 */
		public Builder on(RetryOn... on) {
			this.on = Set.copyOf(List.of(Assert.noneNull("on", on)));
			return this;
		}

		/**
		 * Sets the statuses that are retried; 450, 502, 503 and 504 by default.
		 * @param onStatuses see {@link RetryRules#statuses}
		 * @return this builder
		 */
		public Builder onStatuses(Integer... onStatuses) {
			this.onStatuses = Set.copyOf(List.of(Assert.noneNull("onStatuses", onStatuses)));
			return this;
		}

		/**
		 * Sets whether calls may be executed more than once; true by default.
		 * @param idempotent see {@link RetryRules#idempotent}
		 * @return this builder
		 */
		public Builder idempotent(boolean idempotent) {
			this.idempotent = idempotent;
			return this;
		}

		/**
		 * Sets the pauses between attempts; by default {@code initial} is 0, {@code max}
		 * 200 ms, {@code multiplier} 2 and {@code jitter} 0.5.
		 * @param initial see {@link Backoff#initial}
		 * @param max see {@link Backoff#max}
		 * @param multiplier see {@link Backoff#multiplier}
		 * @param jitter see {@link Backoff#jitter}
		 * @return this builder
		 */
		public Builder backoff(Duration initial, Duration max, double multiplier, double jitter) {
			Assert.notNull("initial", initial);
			Assert.notNull("max", max);
			this.backoff = () -> new Backoff(initial, max, multiplier, jitter);
			return this;
		}

		/**
		 * Sets the limit for the retries of all calls together; by default {@code ratio}
		 * is 0.2 and {@code minPerSecond} 10.
		 * @param ratio see {@link Budget#ratio}
		 * @param minPerSecond see {@link Budget#minPerSecond}
		 * @return this builder
		 */
		public Builder budget(double ratio, int minPerSecond) {
			this.budget = () -> new Budget(ratio, minPerSecond);
			return this;
		}

		/**
		 * Returns the settings.
		 * @return the settings with the current values
		 * @throws InvalidSettingException if a value is out of range
		 */
		public RetrySettings build() {
			return new RetrySettings(
					new RetryRules(this.maxAttempts, this.on, this.onStatuses, this.idempotent,
							InvalidSettingException.within("backoff", this.backoff)),
					InvalidSettingException.within("budget", this.budget));
		}

	}

	/**
	 * Settings of a {@link RetryBudget}.
	 *
	 * @param ratio the number of retries per call, measured over 10 seconds; 0 to 10
	 * @param minPerSecond the number of retries per second, averaged over 10 seconds,
	 * that are allowed regardless of the number of calls; 0 to 10000
	 */
	public record Budget(double ratio, int minPerSecond) {

		/**
		 * Checks each value.
		 * @throws InvalidSettingException if a value is out of range
		 */
		public Budget {
			Assert.between("ratio", ratio, 0, 10);
			Assert.between("min-per-second", minPerSecond, 0, 10_000);
		}

	}

}
