package io.eas.properties;

import java.time.Duration;

import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.prefix.PrefixSettings;
import io.eas.loadbalancer.prefix.SignalSettings;
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
 * @param prefixBlocks Blocks of prompts that prefix-aware remembers for each instance.
 * Best a little less than fits into the prefix cache of an instance.
 * @param prefixBlockSize Bytes of a block, a multiple of 8.
 * @param signals Where prefix-aware asks the engines of instances for their load.
 * @param signalsPath Path of the metrics of an engine, below that of the service.
 * @param signalsPeriod Time between two requests for the metrics of an instance, of which
 * a tenth is randomized.
 */
public record LoadBalancerProperties(@DefaultValue("weighted-round-robin") Algorithm algorithm,
		@DefaultValue("0s") Duration slowStart, @Nullable String hashHeader, @DefaultValue("800") int prefixBlocks,
		@DefaultValue("2048") int prefixBlockSize, @DefaultValue("none") SignalSettings.Source signals,
		@DefaultValue("/metrics") String signalsPath, @DefaultValue("500ms") Duration signalsPeriod) {

	/**
	 * Converts the properties to the settings of the client.
	 * @param own the application's own algorithm, which takes precedence, or null
	 */
	LoadBalancerSettings settings(InstancePicker.@Nullable Factory own) {
		return new LoadBalancerSettings((own != null) ? () -> own : this.algorithm, this.slowStart, this.hashHeader,
				new PrefixSettings(this.prefixBlocks, this.prefixBlockSize),
				new SignalSettings(this.signals, this.signalsPath, this.signalsPeriod));
	}

}
