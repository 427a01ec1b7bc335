package io.eas.deployment;

/**
 * The five timings of a health check, as the kubelet reads them.
 *
 * @param initialDelaySeconds from the container's start until the first check
 * @param periodSeconds from one check to the next
 * @param timeoutSeconds a check that takes longer has failed
 * @param successThreshold so many successes in a row make it healthy
 * @param failureThreshold so many failures in a row make it unhealthy
 */
public record Timings(int initialDelaySeconds, int periodSeconds, int timeoutSeconds, int successThreshold,
		int failureThreshold) {
}
