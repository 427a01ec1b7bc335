package io.eas.properties;

import java.time.Duration;

import io.eas.loadbalancer.InstancePicker;
import io.eas.service.LoadBalancerSettings;
import io.eas.service.LoadBalancerSettings.Algorithm;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the load balancing of calls.
 *
 * @param algorithm Algorithm that picks the instance of a call.
 * @param slowStart Time over which the traffic of a new or returning instance grows to
 * its full share.
 * @param hashHeader Request header whose value is the hash key of a call for
 * consistent-hash, unless the call sets a hash key itself.
 */
public record LoadBalancerProperties(@DefaultValue("weighted-round-robin") Algorithm algorithm,
		@DefaultValue("0s") Duration slowStart, @Nullable String hashHeader) {

	/**
	 * Converts the properties to the settings of the client.
	 * @param own the application's own algorithm, which takes precedence, or null
	 */
	LoadBalancerSettings settings(InstancePicker.@Nullable Factory own) {
		return new LoadBalancerSettings((own != null) ? () -> own : this.algorithm, this.slowStart, this.hashHeader);
	}

}
