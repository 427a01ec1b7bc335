package io.eas.deployment.model;

/**
 * A health check of a container.
 *
 * @param method how it is done
 * @param timings when it is done, and what it takes to change the state; defaults filled
 * in
 * @param other all other keys
 */
public record HealthCheck(CheckMethod method, Timings timings, OtherKeys other) {
}
