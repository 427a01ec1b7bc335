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
	 * When the first check comes. The kubelet ticks when the container starts and then
	 * every period, and skips what comes before the initial delay.
	 * @return in seconds since the container's start
	 * @throws ArithmeticException if the period is 0
	 */
	public long firstCheck() {
		long period = this.periodSeconds;
		return (this.initialDelaySeconds + period - 1) / period * period;
	}

	/**
	 * When the last check comes that may be the first to pass: one failure later it has
	 * failed.
	 * @return in seconds since the container's start
	 * @throws ArithmeticException if the period is 0
	 */
	public long lastChance() {
		return firstCheck() + (this.failureThreshold - 1L) * this.periodSeconds;
	}

}
