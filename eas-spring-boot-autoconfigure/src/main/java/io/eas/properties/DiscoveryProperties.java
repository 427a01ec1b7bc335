package io.eas.properties;

import java.time.Duration;
import java.util.List;

import io.eas.service.DiscoverySettings;
import io.eas.service.Startup;
import io.eas.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of the discovery of instances.
 *
 * @param path Path of the discovery API, in which {service-name} is replaced by the name
 * of the service. By default the documented path, or the newer path if the documented
 * path doesn't exist.
 * @param interval Shortest delay between two polls, which EAS requires to be 5 to 10
 * seconds.
 * @param jitter Largest random extension of the delay between two polls, as a fraction of
 * the interval.
 * @param allowAnyInterval Whether delays between polls may be outside of the 5 to 10
 * seconds that EAS requires, for example in tests.
 * @param connectTimeout Maximum time to connect to the endpoint of the discovery API.
 * @param timeout Maximum duration of a poll, including the connection.
 * @param startup Whether the application waits at startup for the first list of
 * instances.
 * @param startupTimeout Maximum time to wait at startup for the first list of instances.
 * @param maxResponseSize Maximum size of a discovery response, beyond which the poll
 * fails.
 * @param confirmShrink Whether a list that contains less than half of the known instances
 * must be confirmed by the next poll. Until then calls go to the instances of both lists.
 * @param allowedNetworks Networks in CIDR notation, such as 172.16.0.0/12, that the
 * addresses of instances must be in. By default any unicast address except loopback and
 * link-local ones.
 * @param snapshot Snapshot of the last good list on disk.
 */
public record DiscoveryProperties(@Nullable String path, @DefaultValue("5s") Duration interval,
		@DefaultValue("0.2") double jitter, @DefaultValue("false") boolean allowAnyInterval,
		@DefaultValue("1s") Duration connectTimeout, @DefaultValue("3s") Duration timeout,
		@DefaultValue("wait") Startup.Mode startup, @DefaultValue("5s") Duration startupTimeout,
		@DefaultValue("4MB") DataSize maxResponseSize, @DefaultValue("true") boolean confirmShrink,
		@DefaultValue List<String> allowedNetworks,
		@NestedConfigurationProperty @DefaultValue SnapshotProperties snapshot) {

	DiscoverySettings settings(List<String> overridingNetworks) {
		return new DiscoverySettings(this.path, this.interval, this.jitter, this.allowAnyInterval, this.connectTimeout,
				this.timeout, new Startup(this.startup, this.startupTimeout), this.maxResponseSize, this.confirmShrink,
				overridingNetworks.isEmpty() ? this.allowedNetworks : overridingNetworks,
				InvalidSettingException.within("snapshot", this.snapshot::settings));
	}

}
