package io.eas.deployment.model;

/**
 * A health check of a container.
 *
 * @param method the method
 * @param timings the times and thresholds, with defaults filled in
 * @param other all other keys
 */
public record HealthCheck(CheckMethod method, Timings timings, OtherKeys other) {
}
