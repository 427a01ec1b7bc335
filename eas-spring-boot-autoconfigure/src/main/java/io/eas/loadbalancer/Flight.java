package io.eas.loadbalancer;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.eas.instance.EasInstance;

/**
 * One attempt in flight on an instance, from the pick to its end. Whoever starts one ends
 * it, also when it is cancelled. Thread-safe; only the first end counts.
 */
public final class Flight {

	private static final AtomicIntegerFieldUpdater<Flight> ENDED = AtomicIntegerFieldUpdater.newUpdater(Flight.class,
			"ended");

	private final OutlierDetection detection;

	private final InstanceState state;

	private final long started;

	@SuppressWarnings("UnusedVariable") // through ENDED
	private volatile int ended;

	Flight(OutlierDetection detection, InstanceState state, long started) {
		this.detection = detection;
		this.state = state;
		this.started = started;
	}

	/**
	 * Where the attempt goes.
	 * @return the instance
	 */
	public EasInstance instance() {
		return this.state.instance();
	}

	/**
	 * Ends the attempt.
	 * @param outcome how
	 * @return false if it has ended before, which counts
	 */
	public boolean end(Outcome outcome) {
		if (!ENDED.compareAndSet(this, 0, 1)) {
			return false;
		}
		this.detection.ended(this.state, outcome, this.started);
		return true;
	}

}
