package io.eas.service;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.hash.ConsistentHash;
import io.eas.loadbalancer.prefix.PrefixAware;
import io.eas.loadbalancer.prefix.PrefixSettings;
import io.eas.loadbalancer.prefix.SignalSettings;
import io.eas.loadbalancer.weighted.WeightedRoundRobin;
import io.eas.settings.Assert;
import io.eas.settings.InvalidSettingException;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the load balancing of calls. Immutable.
 *
 * @param algorithm the supplier of the algorithm, called once for each service: an
 * {@link Algorithm}, which is weighted round robin by default, or a supplier of the
 * application's own algorithm
 * @param slowStart the time over which the traffic of a new or returning instance grows
 * to its full share; 0s to 1h, 0s by default
 * @param hashHeader the request header whose value is the hash key of a call for
 * consistent hashing, unless the call sets a hash key itself; null, which is the default,
 * for none
 * @param prefix the settings of {@link Algorithm#PREFIX_AWARE}; unused by other
 * algorithms
 * @param signals the settings for the load that {@link Algorithm#PREFIX_AWARE} requests
 * from inference engines
 */
public record LoadBalancerSettings(Supplier<? extends InstancePicker.Factory> algorithm, Duration slowStart,
		@Nullable String hashHeader, PrefixSettings prefix, SignalSettings signals) {

	/** The default settings. */
	public static final LoadBalancerSettings DEFAULTS = builder().build();

	/**
	 * Validates the values.
	 * @throws InvalidSettingException if the time is out of range, or the header name is
	 * invalid
	 */
	public LoadBalancerSettings {
		Assert.between("slow-start", slowStart, Duration.ZERO, Duration.ofHours(1));
		if (hashHeader != null && (hashHeader.isEmpty() || HttpHeaderValidationUtil.validateToken(hashHeader) != -1)) {
			throw new InvalidSettingException("hash-header", "'" + hashHeader + "'", "be the name of a header",
					"Set it to a name such as X-Session-Id.");
		}
	}

	/**
	 * Creates the algorithm of one service.
	 * @return the algorithm; the same object for each service if it is the application's
	 * own
	 */
	InstancePicker.Factory newAlgorithm() {
		return (this.algorithm == Algorithm.PREFIX_AWARE) ? prefixAware(this.prefix, this.signals)
				: this.algorithm.get();
	}

	private static PrefixAware prefixAware(PrefixSettings settings, SignalSettings signals) {
		return new PrefixAware(settings, signals.source(), RandomGenerator.getDefault(), System::nanoTime);
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

		private Supplier<? extends InstancePicker.Factory> algorithm = Algorithm.WEIGHTED_ROUND_ROBIN;

		private Duration slowStart = Duration.ZERO;

		private @Nullable String hashHeader;

		private PrefixSettings prefix = PrefixSettings.DEFAULTS;

		private SignalSettings signals = SignalSettings.DEFAULTS;

		private Builder() {
		}

		/** See {@link LoadBalancerSettings#slowStart}. */
		public Builder slowStart(Duration slowStart) {
			this.slowStart = Assert.notNull("slowStart", slowStart);
			return this;
		}

		/** See {@link LoadBalancerSettings#hashHeader}. */
		public Builder hashHeader(String hashHeader) {
			this.hashHeader = hashHeader;
			return this;
		}

		/** See {@link LoadBalancerSettings#prefix}. */
		public Builder prefix(PrefixSettings prefix) {
			this.prefix = Assert.notNull("prefix", prefix);
			return this;
		}

		/** See {@link LoadBalancerSettings#signals}. */
		public Builder signals(SignalSettings signals) {
			this.signals = Assert.notNull("signals", signals);
			return this;
		}

		/** See {@link LoadBalancerSettings#algorithm}. */
		public Builder algorithm(Algorithm algorithm) {
			this.algorithm = Assert.notNull("algorithm", algorithm);
			return this;
		}

		/**
		 * Sets an algorithm of the application's own.
		 * @param algorithm the algorithm, which is shared by all services that it is set
		 * for
		 * @return this builder
		 */
		public Builder algorithm(InstancePicker.Factory algorithm) {
			this.algorithm = () -> algorithm;
			return this;
		}

		/**
		 * Builds the settings.
		 * @return the settings with the current values
		 * @throws InvalidSettingException if a value can't be used
		 */
		public LoadBalancerSettings build() {
			return new LoadBalancerSettings(this.algorithm, this.slowStart, this.hashHeader, this.prefix, this.signals);
		}

	}

	/** The load-balancing algorithms that can be chosen by name. */
	public enum Algorithm implements Supplier<InstancePicker.Factory> {

		/** Picks instances in turn, each in proportion to its weight. */
		WEIGHTED_ROUND_ROBIN {

			@Override
			public InstancePicker.Factory get() {
				return new WeightedRoundRobin(RandomGenerator.getDefault());
			}

		},

		/**
		 * Picks, of up to 16 instances, the one with the fewest calls in flight relative
		 * to its weight.
		 */
		LEAST_REQUEST {

			@Override
			public InstancePicker.Factory get() {
				return WeightedRoundRobin.leastRequest(RandomGenerator.getDefault());
			}

		},

		/**
		 * Picks the same instance for calls with the same key, unless the load of this
		 * instance is above a bound.
		 */
		CONSISTENT_HASH {

			@Override
			public InstancePicker.Factory get() {
				return new ConsistentHash(RandomGenerator.getDefault());
			}

		},

		/**
		 * Picks the instance that is expected to be the first to answer the prompt for a
		 * language model. The estimate uses the prompts that wait on the instance, and
		 * the prefix of the prompt that the instance has computed before.
		 */
		PREFIX_AWARE {

			@Override
			public InstancePicker.Factory get() {
				return prefixAware(PrefixSettings.DEFAULTS, SignalSettings.DEFAULTS);
			}

		}

	}

}
