package io.eas.deployment.model;

import org.jspecify.annotations.Nullable;

/**
 * The object {@code metadata}. A component is {@code null} if the file doesn't contain
 * it.
 *
 * @param name the service's name on EAS
 * @param instance the number of instances; EAS runs 1 by default
 * @param enableWebservice whether the container brings its own web server
 * @param group the group the service belongs to
 * @param rpc how the engine of EAS takes requests
 * @param rollingStrategy how instances are replaced
 * @param terminationGracePeriod {@code eas.termination_grace_period}, the time between
 * SIGTERM and SIGKILL in seconds; 30 by default
 * @param other all other keys
 */
public record Metadata(@Nullable String name, @Nullable Integer instance, @Nullable Boolean enableWebservice,
		@Nullable String group, @Nullable Rpc rpc, @Nullable RollingStrategy rollingStrategy,
		@Nullable Integer terminationGracePeriod, OtherKeys other) {
}
