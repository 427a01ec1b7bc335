package io.eas.client.call;

import java.util.concurrent.atomic.AtomicBoolean;

import io.eas.client.EasException;
import io.eas.client.call.CallObserver.Progress;

/**
 * Reports a stream to the observers: its progress and, once, how it ended for the
 * subscriber. Several threads may try to end a stream at the same time. The thread for
 * which {@link #answered} or {@link #failed} returns true must notify the subscriber.
 * Thread-safe, except that {@link #content} and {@link #begun} must not be called
 * concurrently.
 */
final class StreamReport {

	private final AttemptExecution attempt;

	private final Call call;

	private final int status;

	private final AtomicBoolean ended = new AtomicBoolean();

	/** The time when the headers arrived, in nanoseconds since the start of the call. */
	private final long headers;

	private boolean begun;

	/** Whether an element with content has arrived, or is the next to arrive. */
	private boolean content;

	/** Whether the only element is the content of a stream that has no events. */
	private boolean eventless;

	/** Creates the report of a stream whose headers have just arrived. */
	StreamReport(AttemptExecution attempt, int status) {
		this.attempt = attempt;
		this.call = attempt.call();
		this.status = status;
		this.headers = this.call.elapsed();
	}

	/** Returns the status of the response. */
	int status() {
		return this.status;
	}

	/** Called immediately before the first element with content. */
	void content() {
		this.content = true;
		if (this.begun) {
			reached(Progress.FIRST_CONTENT, this.call.elapsed());
		}
	}

	/** Called before the only element of a stream that has no events. */
	void eventless() {
		this.eventless = true;
	}

	/** Called with each buffer of a stream of events that the caller reads itself. */
	void bytes() {
		if (!this.content) {
			this.content = true;
			this.attempt.tracked().content();
		}
	}

	/**
	 * Called when the call has accepted the stream of this attempt.
	 * @param empty whether the stream has no element
	 */
	void begun(boolean empty) {
		this.begun = true;
		reached(Progress.HEADERS, this.headers);
		long elapsed = this.call.elapsed();
		if (!empty && !this.eventless) {
			reached(Progress.FIRST_EVENT, elapsed);
			if (this.content) {
				reached(Progress.FIRST_CONTENT, elapsed);
			}
		}
	}

	private void reached(Progress progress, long nanos) {
		if (progress == Progress.FIRST_CONTENT) {
			this.attempt.tracked().content();
		}
		this.call.client().calls().reached(this.call.observer(), progress, nanos);
	}

	/** Returns whether the subscriber has been notified of the end, or has cancelled. */
	boolean isEnded() {
		return this.ended.get();
	}

	/**
	 * Called before the subscriber is notified of the end.
	 * @return false if it has already been notified, or has cancelled
	 */
	boolean answered() {
		boolean first = this.ended.compareAndSet(false, true);
		if (first) {
			this.call.client()
				.calls()
				.answered(this.call.observer(), this.status, this.attempt.instance(), this.attempt.number());
		}
		return first;
	}

	/**
	 * Called before the subscriber is notified of a failure.
	 * @return false if it has already been notified of an end, or has cancelled
	 */
	boolean failed(EasException failure) {
		boolean first = this.ended.compareAndSet(false, true);
		if (first) {
			this.call.client().calls().failed(this.call.observer(), failure, this.attempt.number());
		}
		return first;
	}

	/**
	 * Called when the subscriber cancels.
	 * @return false if it had already been notified of an end
	 */
	boolean left() {
		boolean first = this.ended.compareAndSet(false, true);
		if (first) {
			this.call.client()
				.calls()
				.cancelled(this.call.observer(), this.status, this.attempt.instance(), this.attempt.number());
		}
		return first;
	}

}
