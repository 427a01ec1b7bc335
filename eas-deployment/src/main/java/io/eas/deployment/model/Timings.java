package io.eas.deployment.model;

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

	/**
	 * The earliest time of the last check that may be the first to pass: one failure
	 * later it has failed. A check before the initial delay is skipped; the ticks belong
	 * to the instance and not to its container, so the first one after that may come at
	 * once.
	 * @return in seconds since the container's start
	 */
	public long lastChance() {
		return this.initialDelaySeconds + (this.failureThreshold - 1L) * this.periodSeconds;
	}

}
