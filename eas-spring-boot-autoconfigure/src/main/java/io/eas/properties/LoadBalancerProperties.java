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
 * @param prefixBlocks Number of blocks of prompts that prefix-aware remembers for each
 * instance. It should be a little less than the number of blocks that fit into the prefix
 * cache of an instance.
 * @param prefixBlockSize Size of a block in bytes, which must be a multiple of 8.
 * @param signals Source from which prefix-aware requests the load of the inference
 * engines.
 * @param signalsPath Path of the metrics of an engine, below the path of the service.
 * @param signalsPeriod Time between two requests for the metrics of an instance. It is
 * randomized by up to a tenth.
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
