package io.eas.loadbalancer.prefix;

import java.time.Duration;

import io.eas.settings.Assert;
import io.eas.settings.InvalidSettingException;

/**
 * Settings of what {@link PrefixAware} asks engines about the requests of others.
 * Immutable.
 *
 * @param source where the engine tells its load; {@link Source#NONE} by default
 * @param path the path of the metrics, below that of the service; {@code /metrics} by
 * default
 * @param period the time between two requests to an instance, of which a tenth is
 * randomized; 100ms to 1m, 500ms by default
 */
public record SignalSettings(Source source, String path, Duration period) {

	/** The default settings. */
	public static final SignalSettings DEFAULTS = new SignalSettings(Source.NONE, "/metrics", Duration.ofMillis(500));

	/**
	 * Validates the values.
	 * @throws InvalidSettingException if a value can't be used
	 */
	public SignalSettings {
		Assert.path("signals-path", path, "Set it to the path of the engine's metrics, such as /metrics.");
		Assert.between("signals-period", period, Duration.ofMillis(100), Duration.ofMinutes(1));
	}

	/** Where an engine tells its load. */
	public enum Source {

		/** Nowhere: engines aren't asked. */
		NONE,

		/** In its metrics, in the text format of Prometheus. */
		METRICS,

		/**
		 * In a header of each response that isn't streamed, if the request asks for it.
		 */
		HEADER

	}

}
