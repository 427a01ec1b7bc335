package io.eas.deployment.model;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The object {@code metadata.rolling_strategy}: how instances are replaced. A component
 * is {@code null} if the file doesn't contain it.
 *
 * @param maxSurge how many instances above the wanted number may run during an update: a
 * number, or a text such as {@code "2%"}
 * @param maxUnavailable how many instances of the wanted number may be unavailable during
 * an update: a number, or a text such as {@code "2%"}
 * @param other all other keys
 */
public record RollingStrategy(@Nullable JsonNode maxSurge, @Nullable JsonNode maxUnavailable, OtherKeys other) {
}
