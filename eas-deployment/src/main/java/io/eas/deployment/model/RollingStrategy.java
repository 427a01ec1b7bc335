package io.eas.deployment.model;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The object {@code metadata.rolling_strategy}: how instances are replaced. What is
 * {@code null} was not said.
 *
 * @param maxSurge how many instances more than wanted may run meanwhile: a number, or a
 * text such as {@code "2%"}
 * @param maxUnavailable how many instances less than wanted may serve meanwhile, likewise
 * @param other all other keys
 */
public record RollingStrategy(@Nullable JsonNode maxSurge, @Nullable JsonNode maxUnavailable, OtherKeys other) {
}
