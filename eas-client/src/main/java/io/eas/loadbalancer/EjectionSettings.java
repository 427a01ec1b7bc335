package io.eas.loadbalancer;

import java.time.Duration;

import io.eas.settings.Assert;
import io.eas.settings.InvalidSettingException;

/**
 * Settings that say when and for how long a failing instance is ejected. The rules follow
 * Envoy's outlier detection: consecutive errors, an ejection time that grows with each
 * ejection, and a maximum ejection percentage. Unlike in Envoy, the time doubles with
 * each ejection instead of growing linearly, and is shortened by a random jitter.
 * Immutable.
 *
 * @param enabled whether failing instances are ejected; true by default
 * @param consecutiveFailures the number of consecutive failures that eject an instance; a
 * single failure is enough if the instance accepted no connection; 1 to 1000, 3 by
 * default
 * @param baseTime the duration of the first ejection; an instance that accepted no
 * connection is ejected for a fifth of this time; 10ms to 1h and at most {@code maxTime},
 * 5s by default
 * @param maxTime the longest duration of an ejection; 10ms to 1d, 5m by default
 * @param maxPercent the largest share of instances, in percent of the weight, that may be
 * ejected on suspicion (failures, stalls, wrong answers); 0 to 100, 50 by default. The
 * share refers to the instances that accept connections and keep them open. A single
 * instance may be ejected whatever its share. With 0, no instance is ejected on suspicion
 */
public record EjectionSettings(boolean enabled, int consecutiveFailures, Duration baseTime, Duration maxTime,
		int maxPercent) {

	/** The default settings. */
	public static final EjectionSettings DEFAULTS = builder().build();

	private static final int BRIEF = 5;

	private static final double JITTER = 0.2;

	private static final int MOST_DOUBLINGS = 30;

	/**
	 * Validates the values.
	 * @throws InvalidSettingException if a value is out of range, or {@code baseTime} is
	 * longer than {@code maxTime}
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
	 * Returns the duration of an ejection: base time x 2^earlier, but at most the longest
	 * time, shortened by a random share of up to a fifth.
	 * @param earlier the number of earlier ejections that still count
	 * @param brief whether the cause is only that the instance accepted no connection. In
	 * this case, a fifth of the base time is used
	 * @param random a random number from 0 to 1
	 * @return the duration in nanoseconds
	 */
	public long nanosOut(int earlier, boolean brief, double random) {
		double base = (double) this.baseTime.toNanos() / (brief ? BRIEF : 1);
		double doubled = base * (1L << Math.min(earlier, MOST_DOUBLINGS));
		return Math.round(Math.min(doubled, (double) this.maxTime.toNanos()) * (1 - JITTER * random));
	}

	/**
	 * Returns a builder that starts with the defaults.
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Builder of settings. The values are validated by {@link #build}. Not thread-safe.
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
		 * Builds the settings.
		 * @return the settings with the current values
		 * @throws InvalidSettingException if a value can't be used
		 */
		public EjectionSettings build() {
			return new EjectionSettings(this.enabled, this.consecutiveFailures, this.baseTime, this.maxTime,
					this.maxPercent);
		}

	}

}
