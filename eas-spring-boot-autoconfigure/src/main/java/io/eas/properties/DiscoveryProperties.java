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
 * How instances are discovered.
 *
 * @param path Path of the discovery API, with {service-name} filled in. By default the
 * documented one, and the newer one where that doesn't exist.
 * @param interval Shortest wait between two polls. EAS asks for 5 to 10 seconds.
 * @param jitter How much longer a wait may be: it is drawn from interval to interval x (1
 * + jitter).
 * @param allowAnyInterval Whether waits may lie outside of 5 to 10 seconds, as for tests.
 * @param connectTimeout Time to connect to the endpoint.
 * @param timeout Time a poll may take as a whole.
 * @param startup What the start of the application does about the first list of
 * instances.
 * @param startupTimeout Longest wait for the first list.
 * @param maxResponseSize Largest answer. Larger ones count as failed polls.
 * @param confirmShrink Whether a list that lost more than half of the instances is taken
 * only when the next poll gives such a list too. Until then calls go to the instances of
 * both.
 * @param allowedNetworks Networks, such as 172.16.0.0/12, that an instance's address must
 * lie in. By default any unicast address but loopback and link-local ones.
 * @param snapshot The last good list on disk.
 */
public record DiscoveryProperties(@Nullable String path, @DefaultValue("5s") Duration interval,
		@DefaultValue("0.2") double jitter, @DefaultValue("false") boolean allowAnyInterval,
		@DefaultValue("1s") Duration connectTimeout, @DefaultValue("3s") Duration timeout,
		@DefaultValue("wait") Startup.Mode startup, @DefaultValue("5s") Duration startupTimeout,
		@DefaultValue("4MB") DataSize maxResponseSize, @DefaultValue("true") boolean confirmShrink,
		@DefaultValue List<String> allowedNetworks,
		@NestedConfigurationProperty @DefaultValue SnapshotProperties snapshot) {

	DiscoverySettings settings() {
		return new DiscoverySettings(this.path, this.interval, this.jitter, this.allowAnyInterval, this.connectTimeout,
				this.timeout, new Startup(this.startup, this.startupTimeout), this.maxResponseSize, this.confirmShrink,
				this.allowedNetworks, InvalidSettingException.within("snapshot", this.snapshot::settings));
	}

}
