package io.eas.loadbalancer;

import java.time.Duration;

import io.eas.settings.Assert;
import io.eas.settings.InvalidSettingException;

/**
 * When and for how long an instance that fails is left out. The rules are those of
 * Envoy's outlier detection (consecutive errors, base time times the number of ejections,
 * a largest share), with doubling and jitter in the place of its linear growth.
 *
 * @param enabled false: no instance is left out; true by default
 * @param consecutiveFailures so many failures in a row eject an instance, one alone if it
 * took no connection; 1 to 1000, 3 by default
 * @param baseTime the first ejection; a refused connection leaves out for a fifth of it;
 * 10ms to 1h and at most the longest, 5s by default
 * @param maxTime the longest ejection; 10ms to 1d, 5m by default
 * @param maxPercent the largest share, by weight, that may be left out because they are
 * in doubt (failures, stalls), of those that take connections and keep them; a single one
 * may be out whatever its share. 0 to 100, 50 by default; with 0 none is
 */
public record EjectionSettings(boolean enabled, int consecutiveFailures, Duration baseTime, Duration maxTime,
		int maxPercent) {

	/** What holds where nothing is configured. */
	public static final EjectionSettings DEFAULTS = builder().build();

	private static final int BRIEF = 5;

	private static final double JITTER = 0.2;

	private static final int MOST_DOUBLINGS = 30;

	/**
	 * Checks each value.
	 * @throws InvalidSettingException if one is out of range, or the base time longer
	 * than the longest
	 */
	public EjectionSettings {
		Assert.between("consecutive-failures", consecutiveFailures, 1, 1000);
		Assert.between("base-time", baseTime, Duration.ofMillis(10), Duration.ofHours(1));
		Assert.between("max-time", maxTime, Duration.ofMillis(10), Duration.ofDays(1));
		Assert.between("max-percent", maxPercent, 0, 100);
		if (baseTime.compareTo(maxTime) > 0) {
			throw new InvalidSettingException("base-time", Assert.text(baseTime),
					"be at most max-time (" + Assert.text(maxTime) + ")", "Lower base-time or raise max-time.");
		}
	}

	/**
	 * How long an instance is left out.
	 * @param earlier how often it was before, without having proved itself in between
	 * @param brief whether it only refused a connection
	 * @param random a number drawn from 0 to 1
	 * @return nanoseconds: base time x 2^earlier, less up to a fifth, and at most the
	 * longest time
	 */
	public long nanosOut(int earlier, boolean brief, double random) {
		double base = (double) this.baseTime.toNanos() / (brief ? BRIEF : 1);
		double doubled = base * (1L << Math.min(earlier, MOST_DOUBLINGS));
		return Math.round(Math.min(doubled, (double) this.maxTime.toNanos()) * (1 - JITTER * random));
	}

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

		private boolean enabled = true;

		private int consecutiveFailures = 3;

		private Duration baseTime = Duration.ofSeconds(5);

		private Duration maxTime = Duration.ofMinutes(5);

		private int maxPercent = 50;

		private Builder() {
		}

		/** See {@link EjectionSettings#enabled}. */
		public Builder enabled(boolean enabled) {
			this.enabled = enabled;
			return this;
		}

		/** See {@link EjectionSettings#consecutiveFailures}. */
		public Builder consecutiveFailures(int consecutiveFailures) {
			this.consecutiveFailures = consecutiveFailures;
			return this;
		}

		/** See {@link EjectionSettings#baseTime}. */
		public Builder baseTime(Duration baseTime) {
			this.baseTime = Assert.notNull("baseTime", baseTime);
			return this;
		}

		/** See {@link EjectionSettings#maxTime}. */
		public Builder maxTime(Duration maxTime) {
			this.maxTime = Assert.notNull("maxTime", maxTime);
			return this;
		}

		/** See {@link EjectionSettings#maxPercent}. */
		public Builder maxPercent(int maxPercent) {
			this.maxPercent = maxPercent;
			return this;
		}

		/**
		 * The settings.
		 * @return as they are now
		 * @throws InvalidSettingException if one can't be used
		 */
		public EjectionSettings build() {
			return new EjectionSettings(this.enabled, this.consecutiveFailures, this.baseTime, this.maxTime,
					this.maxPercent);
		}

	}

}
