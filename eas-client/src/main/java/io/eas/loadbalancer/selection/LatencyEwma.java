package io.eas.loadbalancer.selection;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long answers take of late: moving averages, of each instance and of the service as
 * a whole. Written by any thread without a lock; a value that gets lost now and then
 * doesn't matter.
 */
final class LatencyEwma {

	private static final double ALPHA = 0.03;

	private static final double SLOWLY = ALPHA / 4;

	/** Answers of one instance differ from those of all by up to here by chance. */
	private static final double NOTABLE = 1.5;

	private static final double MOST = 10;

	/** What is known of an instance fades within this time. */
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
	 * How much slower an instance is than the service.
	 * @return 1 unless it is notably slower; at most 10, and less the longer it has given
	 * no answer, so that it gets calls again to show how it is
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

	/** How much of what is known of an instance is left. */
	private static double rest(TrackedInstance state, long now) {
		return Math.max(0, 1 - (now - state.latencyAt()) / FADES);
	}

}
