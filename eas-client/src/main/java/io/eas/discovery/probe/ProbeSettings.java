package io.eas.discovery.probe;

import java.time.Duration;

import io.eas.settings.Assert;
import io.eas.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/**
 * When and how instances are checked, and what follows, in the words of service.json.
 *
 * @param enabled whether instances are checked; false by default
 * @param path the path of a GET, with a query if need be, which a status from 200 to 399
 * passes; null, as by default, for a check by a connection
 * @param port the port of the check; null, as by default, for that of the instance
 * @param period from one check of an instance to the next; 100ms to 1h, 10s by default
 * @param timeout what a check may take; 1ms to 1m, 1s by default
 * @param successThreshold so many passed checks in a row and it is used; 1 to 100, 1 by
 * default
 * @param failureThreshold so many failed checks in a row and it isn't; 1 to 100, 3 by
 * default
 * @param beforeUse whether an instance must have passed before it is used; true by
 * default
 */
public record ProbeSettings(boolean enabled, @Nullable String path, @Nullable Integer port, Duration period,
		Duration timeout, int successThreshold, int failureThreshold, boolean beforeUse) {

	/** What holds where nothing is configured. */
	public static final ProbeSettings DEFAULTS = builder().build();

	/**
	 * Checks each value.
	 * @throws InvalidSettingException if one is out of range, or the path can't be sent
	 */
	public ProbeSettings {
		Assert.path("http-get.path", (path != null) ? path.replace('?', '/') : null,
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
	 * Settings to be changed.
	 * @return with the defaults
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Changes settings, which are checked once all are known. Not thread-safe.
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
		 * Checks by a GET, without credentials.
		 * @param path see {@link ProbeSettings#path}
		 * @return this builder
		 */
		public Builder httpGet(String path) {
			this.path = Assert.notNull("path", path);
			this.port = null;
			return this;
		}

		/**
		 * Checks by a GET to another port, without credentials.
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
		 * Checks by a connection to the instance's own port, as by default.
		 * @return this builder
		 */
		public Builder tcpSocket() {
			this.path = null;
			this.port = null;
			return this;
		}

		/**
		 * Checks by a connection to another port.
		 * @param port see {@link ProbeSettings#port}
		 * @return this builder
		 */
		public Builder tcpSocket(int port) {
			this.path = null;
			this.port = port;
			return this;
		}

		/**
		 * The settings.
		 * @return as they are now
		 * @throws InvalidSettingException if one can't be used
		 */
		public ProbeSettings build() {
			return new ProbeSettings(this.enabled, this.path, this.port, this.period, this.timeout,
					this.successThreshold, this.failureThreshold, this.beforeUse);
		}

	}

}
