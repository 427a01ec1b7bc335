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
 * Properties of an application that is deployed as a service on EAS, whether or not it is
 * also a client.
 *
 * @param enabled Whether this application runs as a service on EAS, so that its
 * configuration is checked at startup and its shutdown is delayed for a drain.
 * @param allowLoopback Whether the server may listen on a loopback address, which the
 * local EAS can reach but EAS can't.
 * @param probes Whether the liveness and readiness probes are sent once at startup to
 * check their paths. Set it to false if service.json has no http_get checks.
 * @param drainDelay Time for which the server still accepts requests after readiness has
 * become REFUSING_TRAFFIC and before it stops. By default readiness-period x
 * readiness-failure-threshold + 20s, or none if server.port is 0.
 * @param readinessPeriod Time between two readiness probes, as in service.json.
 * @param readinessFailureThreshold Number of consecutive failed readiness probes after
 * which EAS takes the instance out of service, as in service.json.
 * @param livenessPath Path of the liveness probe on the server's port. By default the
 * path of the liveness health group.
 * @param readinessPath Path of the readiness probe on the server's port. By default the
 * path of the readiness health group.
 */
@ConfigurationProperties("eas.server")
public record EasServerProperties(@DefaultValue("false") boolean enabled, @DefaultValue("false") boolean allowLoopback,
		@DefaultValue("true") boolean probes, @Nullable Duration drainDelay,
		@DefaultValue("10s") Duration readinessPeriod, @DefaultValue("3") int readinessFailureThreshold,
		@Nullable String livenessPath, @Nullable String readinessPath) {

	/**
	 * The time after which clients have seen a changed list, even if one of their polls
	 * fails.
	 */
	private static final Duration POLLS = PollSchedule.LONGEST.multipliedBy(2);

	private static final String PATH = "Set it to a path such as /livez, or remove it to use the path of the health "
			+ "group.";

	/**
	 * Validates the values; a blank path counts as absent.
	 * @throws io.eas.settings.InvalidSettingException if a value is out of range, or a
	 * path can't be used
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
	 * Returns how long to accept requests after readiness has become REFUSING_TRAFFIC.
	 * @param port the configured port; 0 for a port that the system chooses, which no
	 * client knows
	 * @return the configured delay, or a delay derived from the readiness probe
	 */
	public Duration drain(int port) {
		if (this.drainDelay != null) {
			return this.drainDelay;
		}
		return (port == 0) ? Duration.ZERO
				: this.readinessPeriod.multipliedBy(this.readinessFailureThreshold).plus(POLLS);
	}

	/**
	 * Returns the configured path of a probe.
	 * @param probe the probe
	 * @return the path, or null if none is configured
	 */
	public @Nullable String path(Probe probe) {
		return switch (probe) {
			case LIVENESS -> this.livenessPath;
			case READINESS -> this.readinessPath;
		};
	}

}
