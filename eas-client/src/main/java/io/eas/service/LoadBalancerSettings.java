package io.eas.service;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.hash.ConsistentHash;
import io.eas.loadbalancer.weighted.WeightedRoundRobin;
import io.eas.settings.Assert;
import io.eas.settings.InvalidSettingException;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import org.jspecify.annotations.Nullable;

/**
 * How calls are spread over the instances.
 *
 * @param algorithm gives what picks the instance of a call, once a service: an
 * {@link Algorithm}, weighted round robin by default, or one's own
 * @param slowStart over which a new or returning instance gets to its share of calls; 0s
 * to 1h, 0s by default
 * @param hashHeader the header of a call whose value is its hash key for consistent hash,
 * where the call names none itself; null, as by default, for none
 */
public record LoadBalancerSettings(Supplier<? extends InstancePicker.Factory> algorithm, Duration slowStart,
		@Nullable String hashHeader) {

	/** What holds where nothing is configured. */
	public static final LoadBalancerSettings DEFAULTS = builder().build();

	/**
	 * Checks each value.
	 * @throws InvalidSettingException if the time is out of range, or the header none
	 */
	public LoadBalancerSettings {
		Assert.between("slow-start", slowStart, Duration.ZERO, Duration.ofHours(1));
		if (hashHeader != null && (hashHeader.isEmpty() || HttpHeaderValidationUtil.validateToken(hashHeader) != -1)) {
			throw new InvalidSettingException("hash-header", "'" + hashHeader + "'", "be the name of a header",
					"Set it to a name such as X-Session-Id.");
		}
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

		private Supplier<? extends InstancePicker.Factory> algorithm = Algorithm.WEIGHTED_ROUND_ROBIN;

		private Duration slowStart = Duration.ZERO;

		private @Nullable String hashHeader;

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

		/** See {@link LoadBalancerSettings#algorithm}. */
		public Builder algorithm(Algorithm algorithm) {
			this.algorithm = Assert.notNull("algorithm", algorithm);
			return this;
		}

		/**
		 * An algorithm of one's own.
		 * @param algorithm serves all services that it is set for
		 * @return this builder
		 */
		public Builder algorithm(InstancePicker.Factory algorithm) {
			this.algorithm = () -> algorithm;
			return this;
		}

		/**
		 * The settings.
		 * @return as they are now
		 * @throws InvalidSettingException if one can't be used
		 */
		public LoadBalancerSettings build() {
			return new LoadBalancerSettings(this.algorithm, this.slowStart, this.hashHeader);
		}

	}

	/**
	 * Algorithms of the load balancer.
	 */
	public enum Algorithm implements Supplier<InstancePicker.Factory> {

		/** In turn, each as often as its weight says. */
		WEIGHTED_ROUND_ROBIN {

			@Override
			public InstancePicker.Factory get() {
				return new WeightedRoundRobin(RandomGenerator.getDefault());
			}

		},

		/** The one of up to 16 with the fewest calls in flight for its weight. */
		LEAST_REQUEST {

			@Override
			public InstancePicker.Factory get() {
				return WeightedRoundRobin.leastRequest(RandomGenerator.getDefault());
			}

		},

		/** The same instance for calls with the same key, up to a bound. */
		CONSISTENT_HASH {

			@Override
			public InstancePicker.Factory get() {
				return new ConsistentHash(RandomGenerator.getDefault());
			}

		}

	}

}
