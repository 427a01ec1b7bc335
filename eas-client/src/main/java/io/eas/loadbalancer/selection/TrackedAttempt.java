package io.eas.loadbalancer.selection;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.eas.instance.EasInstance;
import io.eas.loadbalancer.Outcome;

/**
 * One attempt in flight on an instance, from the pick to its end. Whoever starts one ends
 * it, also when it is cancelled. Thread-safe; only the first end counts.
 */
public final class TrackedAttempt {

	private static final AtomicIntegerFieldUpdater<TrackedAttempt> PROGRESS = AtomicIntegerFieldUpdater
		.newUpdater(TrackedAttempt.class, "progress");

	private static final int WAITING = 0;

	private static final int ANSWERING = 1;

	private static final int ENDED = 2;

	private final OutlierDetection detection;

	private final TrackedInstance state;

	private final long started;

	@SuppressWarnings("UnusedVariable") // through PROGRESS
	private volatile int progress = WAITING;

	TrackedAttempt(OutlierDetection detection, TrackedInstance state, long started) {
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
	 * Takes note that the instance answers: to be called once the headers of the answer
	 * are there, whatever they say and however long its body takes. The time until now is
	 * how long the answer took. Does nothing the second time, and after the end; an
	 * attempt that ends with an answer needn't call it.
	 */
	public void answering() {
		if (PROGRESS.compareAndSet(this, WAITING, ANSWERING)) {
			this.detection.answering(this.state, this.started);
		}
	}

	/**
	 * Whether the instance answers.
	 * @return true from {@link #answering} on until the end
	 */
	public boolean isAnswering() {
		return this.progress == ANSWERING;
	}

	/**
	 * Ends the attempt.
	 * @param outcome how
	 * @return false if it had ended before, and nothing was done
	 */
	public boolean end(Outcome outcome) {
		int before = PROGRESS.getAndSet(this, ENDED);
		if (before == ENDED) {
			return false;
		}
		this.detection.ended(this.state, outcome, this.started, before == ANSWERING);
		return true;
	}

}
