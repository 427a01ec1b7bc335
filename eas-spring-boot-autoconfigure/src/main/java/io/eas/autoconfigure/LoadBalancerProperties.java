package io.eas.autoconfigure;

import java.time.Duration;
import java.util.random.RandomGenerator;

import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.hash.ConsistentHash;
import io.eas.loadbalancer.weighted.WeightedRoundRobin;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How calls are spread over the instances.
 *
 * @param algorithm Algorithm that picks the instance of a call.
 * @param slowStart Time over which a new or returning instance gets to its share of
 * calls.
 * @param hashHeader Header of a call whose value is its hash key for consistent-hash,
 * where the call names none itself.
 */
public record LoadBalancerProperties(@DefaultValue("weighted-round-robin") Algorithm algorithm,
		@DefaultValue("0s") Duration slowStart, @Nullable String hashHeader) {

	/**
	 * Checks each value.
	 */
	public LoadBalancerProperties {
		Ensure.between("slow-start", slowStart, Duration.ZERO, Duration.ofHours(1));
		if (hashHeader != null && (hashHeader.isEmpty() || HttpHeaderValidationUtil.validateToken(hashHeader) != -1)) {
			throw new InvalidEasPropertyException("hash-header", "'" + hashHeader + "'", "be the name of a header",
					"Set it to a name such as X-Session-Id.");
		}
	}

	/**
	 * Algorithms of the load balancer.
	 */
	public enum Algorithm {

		/** In turn, each as often as its weight says. */
		WEIGHTED_ROUND_ROBIN {

			@Override
			InstancePicker.Factory create() {
				return new WeightedRoundRobin(RandomGenerator.getDefault());
			}

		},

		/** The one of up to 16 with the fewest calls in flight for its weight. */
		LEAST_REQUEST {

			@Override
			InstancePicker.Factory create() {
				return WeightedRoundRobin.leastRequest(RandomGenerator.getDefault());
			}

		},

		/** The same instance for calls with the same key, up to a bound. */
		CONSISTENT_HASH {

			@Override
			InstancePicker.Factory create() {
				return new ConsistentHash(RandomGenerator.getDefault());
			}

		};

		/** The algorithm for one service. */
		abstract InstancePicker.Factory create();

	}

}
