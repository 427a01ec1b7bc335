package io.eas.client.retry;

import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

import io.eas.client.retry.RetryRules.Backoff;
import io.eas.client.retry.RetryRules.RetryOn;
import io.eas.settings.Assert;
import io.eas.settings.InvalidSettingException;

/**
 * What is tried again, and how many retries all calls of a service may take together.
 *
 * @param rules what is tried again
 * @param budget how many retries there may be for all calls together
 */
public record RetrySettings(RetryRules rules, Budget budget) {

	/** What holds where nothing is configured. */
	public static final RetrySettings DEFAULTS = builder().build();

	/**
	 * Settings to be changed.
	 * @return with the defaults
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Changes settings, which are checked once all are known. Not thread-safe.
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
		 * The most attempts of a call, the first included; 3 by default.
		 * @param maxAttempts see {@link RetryRules#maxAttempts}
		 * @return this builder
		 */
		public Builder maxAttempts(int maxAttempts) {
			this.maxAttempts = maxAttempts;
			return this;
		}

		/**
		 * The kinds of failure that are tried again; all but a silent instance by
		 * default.
		 * @param on see {@link RetryRules#on}
		 * @return this builder
		 */
		public Builder on(RetryOn... on) {
			this.on = Set.of(Assert.noneNull("on", on));
			return this;
		}

		/**
		 * The statuses that count as refused; 450, 502, 503 and 504 by default.
		 * @param onStatuses see {@link RetryRules#statuses}
		 * @return this builder
		 */
		public Builder onStatuses(Integer... onStatuses) {
			this.onStatuses = Set.of(Assert.noneNull("onStatuses", onStatuses));
			return this;
		}

		/**
		 * Whether calls may be carried out twice; true by default.
		 * @param idempotent see {@link RetryRules#idempotent}
		 * @return this builder
		 */
		public Builder idempotent(boolean idempotent) {
			this.idempotent = idempotent;
			return this;
		}

		/**
		 * The pauses between attempts; none, 200ms, 2 and 0.5 by default.
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
		 * The retries of all calls together; 0.2 and 10 by default.
		 * @param ratio see {@link Budget#ratio}
		 * @param minPerSecond see {@link Budget#minPerSecond}
		 * @return this builder
		 */
		public Builder budget(double ratio, int minPerSecond) {
			this.budget = () -> new Budget(ratio, minPerSecond);
			return this;
		}

		/**
		 * The settings.
		 * @return as they are now
		 * @throws InvalidSettingException if one can't be used
		 */
		public RetrySettings build() {
			return new RetrySettings(
					new RetryRules(this.maxAttempts, this.on, this.onStatuses, this.idempotent,
							InvalidSettingException.within("backoff", this.backoff)),
					InvalidSettingException.within("budget", this.budget));
		}

	}

	/**
	 * The settings of a {@link RetryBudget}.
	 *
	 * @param ratio retries a call, over 10 seconds; 0 to 10
	 * @param minPerSecond retries a second that there may be however few calls there are,
	 * as an average over 10 seconds; 0 to 10000
	 */
	public record Budget(double ratio, int minPerSecond) {

		/**
		 * Checks each value.
		 * @throws InvalidSettingException if one is out of range
		 */
		public Budget {
			Assert.between("ratio", ratio, 0, 10);
			Assert.between("min-per-second", minPerSecond, 0, 10_000);
		}

	}

}
