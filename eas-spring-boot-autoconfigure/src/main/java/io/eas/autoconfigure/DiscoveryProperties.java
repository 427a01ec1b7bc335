package io.eas.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.eas.discovery.AllowedNetworks;
import io.eas.discovery.PollSchedule;
import io.eas.service.Startup;
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
 * only when the next poll gives such a list too.
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

	private static final String ANY_INTERVAL = "EAS asks for a poll every 5 to 10 seconds. Set a value in that range, or "
			+ "discovery.allow-any-interval to true where the discovery API is your own.";

	/**
	 * Checks each value.
	 */
	public DiscoveryProperties {
		if (path != null && !path.startsWith("/")) {
			throw new InvalidEasPropertyException("path", "'" + path + "'", "start with a slash",
					"Remove it to get the documented path.");
		}
		Ensure.path("path", (path != null) ? path.replace('?', '/') : null, "Remove it to get the documented path.");
		Ensure.between("jitter", jitter, 0, 1);
		if (allowAnyInterval) {
			Ensure.between("interval", interval, Duration.ofMillis(10), Duration.ofDays(1));
		}
		else {
			checkWaits(interval, jitter);
		}
		Ensure.between("connect-timeout", connectTimeout, Duration.ofMillis(1), Duration.ofMinutes(1));
		Ensure.between("timeout", timeout, Duration.ofMillis(1), Duration.ofMinutes(1));
		Ensure.between("startup-timeout", startupTimeout, Duration.ZERO, Duration.ofMinutes(10));
		Ensure.between("max-response-size", maxResponseSize, DataSize.ofKilobytes(1), DataSize.ofMegabytes(64));
		checkNetworks(allowedNetworks);
	}

	private static void checkWaits(Duration interval, double jitter) {
		if (interval.compareTo(PollSchedule.SHORTEST) < 0 || interval.compareTo(PollSchedule.LONGEST) > 0) {
			throw new InvalidEasPropertyException("interval", Ensure.text(interval), "be between 5s and 10s",
					ANY_INTERVAL);
		}
		Duration longest = PollSchedule.longest(interval, jitter);
		if (longest.compareTo(PollSchedule.LONGEST) > 0) {
			throw new InvalidEasPropertyException(
					"jitter", Ensure.text(jitter), "be at most " + mostJitter(interval)
							+ ", since interval x (1 + jitter) must be at most 10s and is " + Ensure.text(longest),
					ANY_INTERVAL);
		}
	}

	private static String mostJitter(Duration interval) {
		double most = (double) PollSchedule.LONGEST.toMillis() / interval.toMillis() - 1;
		return Ensure.text(Math.floor(most * 100) / 100);
	}

	private static void checkNetworks(List<String> networks) {
		try {
			AllowedNetworks.of(networks);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidEasPropertyException("allowed-networks", networks.toString(),
					"be networks such as 172.16.0.0/12", String.valueOf(ex.getMessage()) + ".");
		}
	}

}
