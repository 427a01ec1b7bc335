package io.eas.properties;

import java.time.Duration;

import io.eas.discovery.PollSchedule;
import io.eas.server.Probe;
import io.eas.settings.Assert;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * How this application is a server on EAS, whether or not it is also a client.
 *
 * @param enabled Whether this application runs on EAS, so that it is held to what EAS
 * needs of a server.
 * @param allowLoopback Whether it may listen on a loopback address, which the local EAS
 * reaches but EAS doesn't.
 * @param probes Whether the probes are asked once at the start. False where service.json
 * has no http_get checks.
 * @param drainDelay How long requests are served on, once readiness refuses, before the
 * server stops. By default readiness-period x readiness-failure-threshold + 20s, and none
 * where server.port is 0, as in tests.
 * @param readinessPeriod Time between two readiness probes, as in service.json.
 * @param readinessFailureThreshold Number of failed readiness probes in a row that take
 * the instance out of the list, as in service.json.
 * @param livenessPath Path of the liveness probe on the server's port. By default that of
 * the health group.
 * @param readinessPath Path of the readiness probe on the server's port. By default that
 * of the health group.
 */
@ConfigurationProperties("eas.server")
public record EasServerProperties(@DefaultValue("false") boolean enabled, @DefaultValue("false") boolean allowLoopback,
		@DefaultValue("true") boolean probes, @Nullable Duration drainDelay,
		@DefaultValue("10s") Duration readinessPeriod, @DefaultValue("3") int readinessFailureThreshold,
		@Nullable String livenessPath, @Nullable String readinessPath) {

	/** What clients take to see a changed list, though one poll of theirs fails. */
	private static final Duration POLLS = PollSchedule.LONGEST.multipliedBy(2);

	private static final String PATH = "Set it to a path such as /livez, or remove it to have the path found out.";

	/**
	 * Checks each value.
	 */
	public EasServerProperties {
		livenessPath = StringUtils.hasText(livenessPath) ? livenessPath : null;
		readinessPath = StringUtils.hasText(readinessPath) ? readinessPath : null;
		Assert.between("drain-delay", drainDelay, Duration.ZERO, Duration.ofHours(1));
		Assert.between("readiness-period", readinessPeriod, Duration.ofSeconds(1), Duration.ofMinutes(5));
		Assert.between("readiness-failure-threshold", readinessFailureThreshold, 1, 100);
		Assert.path("liveness-path", livenessPath, PATH);
		Assert.path("readiness-path", readinessPath, PATH);
	}

	/**
	 * How long to serve on once readiness refuses.
	 * @param port the port in the configuration; nobody was told of one that the system
	 * chose
	 * @return the configured delay, or one that follows from the readiness probe
	 */
	public Duration drain(int port) {
		if (this.drainDelay != null) {
			return this.drainDelay;
		}
		return (port == 0) ? Duration.ZERO
				: this.readinessPeriod.multipliedBy(this.readinessFailureThreshold).plus(POLLS);
	}

	/**
	 * The path of a probe.
	 * @param probe which one
	 * @return null where nothing is configured
	 */
	public @Nullable String path(Probe probe) {
		return switch (probe) {
			case LIVENESS -> this.livenessPath;
			case READINESS -> this.readinessPath;
		};
	}

}
