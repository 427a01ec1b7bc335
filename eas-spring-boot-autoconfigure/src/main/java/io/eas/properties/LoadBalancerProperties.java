package io.eas.properties;

import java.time.Duration;

import io.eas.loadbalancer.InstancePicker;
import io.eas.service.LoadBalancerSettings;
import io.eas.service.LoadBalancerSettings.Algorithm;
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
	 * The settings.
	 * @param own the application's own algorithm, which wins, or null
	 */
	LoadBalancerSettings settings(InstancePicker.@Nullable Factory own) {
		return new LoadBalancerSettings((own != null) ? () -> own : this.algorithm, this.slowStart, this.hashHeader);
	}

}
