package io.eas.client.call;

import java.util.concurrent.atomic.AtomicBoolean;

import io.eas.client.EasException;
import io.eas.client.call.CallObserver.Progress;

/**
 * What observers hear of a stream: how far it gets, and once how it ended for its reader.
 * Whoever ends it tells the reader. Thread-safe; {@link #content} and {@link #begun} in
 * turn.
 */
final class StreamReport {

	private final AttemptExecution attempt;

	private final int status;

	private final AtomicBoolean ended = new AtomicBoolean();

	/** When the headers were there, in nanoseconds from the call on. */
	private final long headers;

	private boolean begun;

	/** Whether an element that says something is there, or the next to come. */
	private boolean content;

	/** The headers are there. */
	StreamReport(AttemptExecution attempt, int status) {
		this.attempt = attempt;
		this.status = status;
		this.headers = attempt.elapsed();
	}

	/** The status of the answer. */
	int status() {
		return this.status;
	}

	/** An element that says something is the next to come. */
	void content() {
		this.content = true;
		if (this.begun) {
			reached(Progress.FIRST_CONTENT, this.attempt.elapsed());
		}
	}

	/**
	 * The attempt is the one that counts.
	 * @param empty whether there is no element
	 */
	void begun(boolean empty) {
		this.begun = true;
		reached(Progress.HEADERS, this.headers);
		long elapsed = this.attempt.elapsed();
		if (!empty) {
			reached(Progress.FIRST_EVENT, elapsed);
		}
		if (!empty && this.content) {
			reached(Progress.FIRST_CONTENT, elapsed);
		}
	}

	private void reached(Progress progress, long nanos) {
		this.attempt.calls().reached(this.attempt.call().observer(), progress, nanos);
	}

	/** Whether the reader knows how the stream ended, or has left. */
	boolean isEnded() {
		return this.ended.get();
	}

	/**
	 * The reader is to be told of the end.
	 * @return false if it knows, or has left
	 */
	boolean answered() {
		boolean first = this.ended.compareAndSet(false, true);
		if (first) {
			this.attempt.calls()
				.answered(this.attempt.call().observer(), this.status, this.attempt.instance(), this.attempt.number());
		}
		return first;
	}

	/**
	 * The reader is to be told of a failure.
	 * @return false if it knows of an end, or has left
	 */
	boolean failed(EasException failure) {
		boolean first = this.ended.compareAndSet(false, true);
		if (first) {
			this.attempt.calls().failed(this.attempt.call().observer(), failure, this.attempt.number());
		}
		return first;
	}

	/**
	 * The reader has had enough.
	 * @return false if it knew of an end
	 */
	boolean left() {
		boolean first = this.ended.compareAndSet(false, true);
		if (first) {
			this.attempt.calls()
				.cancelled(this.attempt.call().observer(), this.status, this.attempt.instance(), this.attempt.number());
		}
		return first;
	}

}
