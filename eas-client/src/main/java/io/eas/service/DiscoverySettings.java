package io.eas.service;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.eas.discovery.AllowedNetworks;
import io.eas.discovery.PollSchedule;
import io.eas.discovery.snapshot.SnapshotSettings;
import io.eas.settings.Assert;
import io.eas.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Settings of the discovery of instances. Immutable.
 *
 * @param path the path of the discovery API, in which {@code {service-name}} is replaced;
 * null, which is the default, for the documented path, or for the newer path if the
 * documented path doesn't exist
 * @param interval the shortest delay between two polls; 5s to 10s, 5s by default
 * @param jitter the random extension of a delay, as a fraction of the interval: a delay
 * is drawn from {@code interval} to {@code interval x (1 + jitter)}, which must be at
 * most 10s; 0 to 1, 0.2 by default
 * @param allowAnyInterval whether the interval may be anything from 10ms to 1d, such as
 * in tests; false by default
 * @param connectTimeout the maximum time to connect to the endpoint; 1ms to 1m, 1s by
 * default
 * @param timeout the maximum duration of a poll, including the connection; 1ms to 1m, 3s
 * by default
 * @param startup whether, and for how long, the start of the client waits for the first
 * list
 * @param maxResponseSize the maximum size of a response, beyond which the poll fails; 1KB
 * to 64MB, 4MB by default
 * @param confirmShrink whether a list that contains less than half of the known instances
 * must be confirmed by the next poll; true by default
 * @param allowedNetworks the networks, such as 172.16.0.0/12, that the addresses of
 * instances must be in; empty, which is the default, for any unicast address except
 * loopback and link-local ones
 * @param snapshot the settings of the snapshot on disk
 */
public record DiscoverySettings(@Nullable String path, Duration interval, double jitter, boolean allowAnyInterval,
		Duration connectTimeout, Duration timeout, Startup startup, DataSize maxResponseSize, boolean confirmShrink,
		List<String> allowedNetworks, SnapshotSettings snapshot) {

	private static final String ANY_INTERVAL = "EAS asks for a poll every 5 to 10 seconds. Set a value in that range, or "
			+ "discovery.allow-any-interval to true where the discovery API is your own.";

	/** The default settings. */
	public static final DiscoverySettings DEFAULTS = builder().build();

	/**
	 * Validates the values, and copies the list.
	 * @throws InvalidSettingException if a value can't be used
	 */
	public DiscoverySettings {
		if (path != null && !path.startsWith("/")) {
			throw new InvalidSettingException("path", "'" + path + "'", "start with a slash",
					"Remove it to get the documented path.");
		}
		Assert.pathTemplate("path", path, "Remove it to get the documented path.");
		Assert.between("jitter", jitter, 0, 1);
		if (allowAnyInterval) {
			Assert.between("interval", interval, Duration.ofMillis(10), Duration.ofDays(1));
		}
		else {
			checkWaits(interval, jitter);
		}
		Assert.between("connect-timeout", connectTimeout, Duration.ofMillis(1), Duration.ofMinutes(1));
		Assert.between("timeout", timeout, Duration.ofMillis(1), Duration.ofMinutes(1));
		Assert.between("max-response-size", maxResponseSize, DataSize.ofKilobytes(1), DataSize.ofMegabytes(64));
		checkNetworks(allowedNetworks);
		allowedNetworks = List.copyOf(allowedNetworks);
	}

	private static void checkWaits(Duration interval, double jitter) {
		if (interval.compareTo(PollSchedule.SHORTEST) < 0 || interval.compareTo(PollSchedule.LONGEST) > 0) {
			throw new InvalidSettingException("interval", Assert.text(interval), "be between 5s and 10s", ANY_INTERVAL);
		}
		Duration longest = PollSchedule.longest(interval, jitter);
		if (longest.compareTo(PollSchedule.LONGEST) > 0) {
			throw new InvalidSettingException(
					"jitter", Assert.text(jitter), "be at most " + mostJitter(interval)
							+ ", since interval x (1 + jitter) must be at most 10s and is " + Assert.text(longest),
					ANY_INTERVAL);
		}
	}

	private static String mostJitter(Duration interval) {
		double most = (double) PollSchedule.LONGEST.toMillis() / interval.toMillis() - 1;
		return Assert.text(Math.floor(most * 100) / 100);
	}

	private static void checkNetworks(List<String> networks) {
		try {
			AllowedNetworks.of(networks);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidSettingException("allowed-networks", networks.toString(),
					"be networks such as 172.16.0.0/12", String.valueOf(ex.getMessage()) + ".");
		}
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

		private @Nullable String path;

		private Duration interval = Duration.ofSeconds(5);

		private double jitter = 0.2;

		private boolean allowAnyInterval;

		private Duration connectTimeout = Duration.ofSeconds(1);

		private Duration timeout = Duration.ofSeconds(3);

		private Startup.Mode startup = Startup.DEFAULTS.mode();

		private Duration startupTimeout = Startup.DEFAULTS.timeout();

		private DataSize maxResponseSize = DataSize.ofMegabytes(4);

		private boolean confirmShrink = true;

		private List<String> allowedNetworks = List.of();

		private boolean snapshot;

		private @Nullable String snapshotDirectory;

		private Duration snapshotMaxAge = SnapshotSettings.DEFAULTS.maxAge();

		private Builder() {
		}

		/** See {@link DiscoverySettings#path}. */
		public Builder path(String path) {
			this.path = path;
			return this;
		}

		/** See {@link DiscoverySettings#interval}. */
		public Builder interval(Duration interval) {
			this.interval = Assert.notNull("interval", interval);
			return this;
		}

		/** See {@link DiscoverySettings#jitter}. */
		public Builder jitter(double jitter) {
			this.jitter = jitter;
			return this;
		}

		/** See {@link DiscoverySettings#allowAnyInterval}. */
		public Builder allowAnyInterval(boolean allowAnyInterval) {
			this.allowAnyInterval = allowAnyInterval;
			return this;
		}

		/** See {@link DiscoverySettings#connectTimeout}. */
		public Builder connectTimeout(Duration connectTimeout) {
			this.connectTimeout = Assert.notNull("connectTimeout", connectTimeout);
			return this;
		}

		/** See {@link DiscoverySettings#timeout}. */
		public Builder timeout(Duration timeout) {
			this.timeout = Assert.notNull("timeout", timeout);
			return this;
		}

		/** See {@link DiscoverySettings#maxResponseSize}. */
		public Builder maxResponseSize(DataSize maxResponseSize) {
			this.maxResponseSize = Assert.notNull("maxResponseSize", maxResponseSize);
			return this;
		}

		/** See {@link DiscoverySettings#confirmShrink}. */
		public Builder confirmShrink(boolean confirmShrink) {
			this.confirmShrink = confirmShrink;
			return this;
		}

		/**
		 * Sets whether the start of the client waits for the first list. By default it
		 * waits, and continues without a list after the timeout.
		 * @param startup see {@link Startup#mode}
		 * @return this builder
		 */
		public Builder startup(Startup.Mode startup) {
			this.startup = Assert.notNull("startup", startup);
			return this;
		}

		/**
		 * Sets the maximum time that the start waits for the first list; 5s by default.
		 * @param startupTimeout see {@link Startup#timeout}
		 * @return this builder
		 */
		public Builder startupTimeout(Duration startupTimeout) {
			this.startupTimeout = Assert.notNull("startupTimeout", startupTimeout);
			return this;
		}

		/** See {@link DiscoverySettings#allowedNetworks}. */
		public Builder allowedNetworks(String... allowedNetworks) {
			this.allowedNetworks = List.of(Assert.noneNull("allowedNetworks", allowedNetworks));
			return this;
		}

		/**
		 * Saves the last good list on disk, for a start while the discovery API is not
		 * available.
		 * @param directory see {@link SnapshotSettings#directory}
		 * @return this builder
		 */
		public Builder snapshot(Path directory) {
			this.snapshot = true;
			this.snapshotDirectory = Assert.notNull("directory", directory).toString();
			return this;
		}

		/**
		 * Sets the maximum age of a list on disk, after which it is ignored; 24h by
		 * default.
		 * @param maxAge see {@link SnapshotSettings#maxAge}
		 * @return this builder
		 */
		public Builder snapshotMaxAge(Duration maxAge) {
			this.snapshotMaxAge = Assert.notNull("maxAge", maxAge);
			return this;
		}

		/**
		 * Builds the settings.
		 * @return the settings with the current values
		 * @throws InvalidSettingException if a value can't be used
		 */
		public DiscoverySettings build() {
			return new DiscoverySettings(this.path, this.interval, this.jitter, this.allowAnyInterval,
					this.connectTimeout, this.timeout, new Startup(this.startup, this.startupTimeout),
					this.maxResponseSize, this.confirmShrink, this.allowedNetworks,
					InvalidSettingException.within("snapshot",
							() -> new SnapshotSettings(this.snapshot, this.snapshotDirectory, this.snapshotMaxAge)));
		}

	}

}
