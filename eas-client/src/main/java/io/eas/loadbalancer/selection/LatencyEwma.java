package io.eas.loadbalancer.selection;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Exponentially weighted moving averages of the latency, of each instance and of the
 * service as a whole. Any thread may record a latency without a lock; an update may
 * occasionally be lost, which doesn't matter.
 */
final class LatencyEwma {

	private static final double ALPHA = 0.03;

	private static final double SLOWLY = ALPHA / 4;

	/**
	 * The largest ratio between the average latencies of an instance and of the service
	 * that is attributed to chance.
	 */
	private static final double NOTABLE = 1.5;

	private static final double MOST = 10;

	/**
	 * The time in nanoseconds within which the average of an instance loses its
	 * influence.
	 */
	private static final double FADES = (double) TimeUnit.SECONDS.toNanos(30);

	private volatile double service;

	void record(TrackedInstance state, long nanos, long now) {
		double average = this.service;
		this.service = (average == 0) ? nanos : average + SLOWLY * (nanos - average);
		double own = state.latency();
		double alpha = (own == 0) ? 1 : 1 - (1 - ALPHA) * rest(state, now);
		state.recordLatency(own + alpha * (nanos - own), now);
	}

	/**
	 * Returns how much slower an instance is than the service.
	 * @return the ratio of the averages, at most 10; 1 unless the instance is notably
	 * slower. The ratio falls while the instance doesn't respond, so that a slow instance
	 * receives calls again and can be measured anew
	 */
	double slowness(TrackedInstance state, LongSupplier clock) {
		double latency = state.latency();
		double average = this.service;
		if (latency <= NOTABLE * average) {
			return 1;
		}
		double slower = 1 + (Math.min(MOST, latency / average) - 1) * rest(state, clock.getAsLong());
		return (slower > NOTABLE) ? slower : 1;
	}

	/** Returns the remaining influence of the average of an instance, from 0 to 1. */
	private static double rest(TrackedInstance state, long now) {
		return Math.max(0, 1 - (now - state.latencyAt()) / FADES);
	}

}
