package io.eas.deployment.model;

import org.jspecify.annotations.Nullable;

/**
 * The object {@code metadata}. A component is {@code null} where the file says nothing.
 *
 * @param name the service's name on EAS
 * @param instance how many instances; EAS runs 1 where nothing is said
 * @param enableWebservice whether the container brings its own web server
 * @param group the group the service belongs to
 * @param rpc how requests are taken
 * @param rollingStrategy how instances are replaced
 * @param terminationGracePeriod {@code eas.termination_grace_period}, in seconds between
 * SIGTERM and SIGKILL; EAS takes 30 where nothing is said
 * @param other all other keys
 */
public record Metadata(@Nullable String name, @Nullable Integer instance, @Nullable Boolean enableWebservice,
		@Nullable String group, @Nullable Rpc rpc, @Nullable RollingStrategy rollingStrategy,
		@Nullable Integer terminationGracePeriod, OtherKeys other) {
}
