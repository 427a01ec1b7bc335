package io.eas.loadbalancer.prefix;

import java.time.Duration;

import io.eas.settings.Assert;
import io.eas.settings.InvalidSettingException;

/**
 * Settings of the reports by which {@link PrefixAware} learns about the requests of other
 * clients. Immutable.
 *
 * @param source where the engine reports its load; {@link Source#NONE} by default
 * @param path the path of the metrics, below the path of the service; {@code /metrics} by
 * default
 * @param period the average time between two requests to an instance, which varies at
 * random by up to a tenth; 100ms to 1m, 500ms by default
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

	/** Where an engine reports its load. */
	public enum Source {

		/** Nowhere: engines aren't asked. */
		NONE,

		/** In its metrics, in the text format of Prometheus. */
		METRICS,

		/**
		 * In a header of each response that isn't streamed, because the request asks for
		 * it.
		 */
		HEADER

	}

}
