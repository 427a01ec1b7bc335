package io.eas.deployment.model;

/**
 * The five timings of a health check, as the kubelet reads them.
 *
 * @param initialDelaySeconds the time from the container's start until the first check
 * @param periodSeconds the time from one check to the next
 * @param timeoutSeconds the time after which a check has failed
 * @param successThreshold the number of consecutive successes that make an instance
 * healthy
 * @param failureThreshold the number of consecutive failures that make an instance
 * unhealthy
 */
public record Timings(int initialDelaySeconds, int periodSeconds, int timeoutSeconds, int successThreshold,
		int failureThreshold) {

	/**
	 * Returns the earliest time of the last check at which the container may pass for the
	 * first time. If this check fails too, the health check as a whole has failed. Ticks
	 * before the initial delay are skipped. Because the ticks belong to the instance and
	 * not to its container, the first tick after the delay may come at once.
	 * @return the time since the container's start, in seconds
	 */
	public long lastChance() {
		return this.initialDelaySeconds + (this.failureThreshold - 1L) * this.periodSeconds;
	}

}
