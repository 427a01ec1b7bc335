package io.eas.discovery.probe;

import java.time.Duration;

import io.eas.settings.Assert;
import io.eas.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the health checks that the client sends to instances. The settings have the
 * same names as in service.json. Immutable.
 *
 * @param enabled whether health checks are sent; false by default
 * @param path the path of a GET request, with an optional query; the check passes if the
 * response has a status from 200 to 399; null, which is the default, for a check by a TCP
 * connection
 * @param port the port of the health check; null, which is the default, for the port of
 * the instance
 * @param period the time between the starts of two health checks of an instance; 100ms to
 * 1h, 10s by default
 * @param timeout the maximum duration of a health check; 1ms to 1m, 1s by default
 * @param successThreshold the number of consecutive successes after which an instance is
 * used; 1 to 100, 1 by default
 * @param failureThreshold the number of consecutive failures after which an instance is
 * no longer used; 1 to 100, 3 by default
 * @param beforeUse whether a new instance must pass before it is used, instead of being
 * used until it fails; true by default
 */
public record ProbeSettings(boolean enabled, @Nullable String path, @Nullable Integer port, Duration period,
		Duration timeout, int successThreshold, int failureThreshold, boolean beforeUse) {

	/** The default settings. */
	public static final ProbeSettings DEFAULTS = builder().build();

	/**
	 * Validates the values.
	 * @throws InvalidSettingException if a value is out of range, or the path can't be
	 * sent
	 */
	public ProbeSettings {
		Assert.pathAndQuery("http-get.path", path,
				"Set it to a path such as /readyz, or remove it to check by a connection.");
		Assert.port((path != null) ? "http-get.port" : "tcp-socket.port", port);
		Assert.between("period", period, Duration.ofMillis(100), Duration.ofHours(1));
		Assert.between("timeout", timeout, Duration.ofMillis(1), Duration.ofMinutes(1));
		Assert.between("success-threshold", successThreshold, 1, 100);
		Assert.between("failure-threshold", failureThreshold, 1, 100);
	}

	Threshold threshold() {
		return new Threshold(this.successThreshold, this.failureThreshold);
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

		private boolean enabled;

		private @Nullable String path;

		private @Nullable Integer port;

		private Duration period = Duration.ofSeconds(10);

		private Duration timeout = Duration.ofSeconds(1);

		private int successThreshold = 1;

		private int failureThreshold = 3;

		private boolean beforeUse = true;

		private Builder() {
		}

		/** See {@link ProbeSettings#enabled}. */
		public Builder enabled(boolean enabled) {
			this.enabled = enabled;
			return this;
		}

		/** See {@link ProbeSettings#period}. */
		public Builder period(Duration period) {
			this.period = Assert.notNull("period", period);
			return this;
		}

		/** See {@link ProbeSettings#timeout}. */
		public Builder timeout(Duration timeout) {
			this.timeout = Assert.notNull("timeout", timeout);
			return this;
		}

		/** See {@link ProbeSettings#successThreshold}. */
		public Builder successThreshold(int successThreshold) {
			this.successThreshold = successThreshold;
			return this;
		}

		/** See {@link ProbeSettings#failureThreshold}. */
		public Builder failureThreshold(int failureThreshold) {
			this.failureThreshold = failureThreshold;
			return this;
		}

		/** See {@link ProbeSettings#beforeUse}. */
		public Builder beforeUse(boolean beforeUse) {
			this.beforeUse = beforeUse;
			return this;
		}

		/**
		 * Checks instances by a GET request without credentials.
		 * @param path see {@link ProbeSettings#path}
		 * @return this builder
		 */
		public Builder httpGet(String path) {
			this.path = Assert.notNull("path", path);
			this.port = null;
			return this;
		}

		/**
		 * Checks instances by a GET request to another port, without credentials.
		 * @param path see {@link ProbeSettings#path}
		 * @param port see {@link ProbeSettings#port}
		 * @return this builder
		 */
		public Builder httpGet(String path, int port) {
			this.path = Assert.notNull("path", path);
			this.port = port;
			return this;
		}

		/**
		 * Checks instances by a TCP connection to their own port, which is the default.
		 * @return this builder
		 */
		public Builder tcpSocket() {
			this.path = null;
			this.port = null;
			return this;
		}

		/**
		 * Checks instances by a TCP connection to another port.
		 * @param port see {@link ProbeSettings#port}
		 * @return this builder
		 */
		public Builder tcpSocket(int port) {
			this.path = null;
			this.port = port;
			return this;
		}

		/**
		 * Builds the settings.
		 * @return the settings with the current values
		 * @throws InvalidSettingException if a value can't be used
		 */
		public ProbeSettings build() {
			return new ProbeSettings(this.enabled, this.path, this.port, this.period, this.timeout,
					this.successThreshold, this.failureThreshold, this.beforeUse);
		}

	}

}
