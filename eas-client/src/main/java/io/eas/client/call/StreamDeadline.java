package io.eas.client.call;

import io.eas.client.request.TimeLimits;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.eas.client.EasTimeoutException;
import io.eas.loadbalancer.Outcome;
import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.netty.util.TimerTask;
import org.jspecify.annotations.Nullable;

/**
 * Watches the time limits of a stream from its first event on: the limit for the next
 * event while one is requested, and the limit for the whole stream. Uses one timer entry,
 * which is scheduled again until the stream ends. Thread-safe.
 */
final class StreamDeadline implements TimerTask {

	private final AttemptExecution attempt;

	private final AnswerStream stream;

	private final Call call;

	private TimeLimits limits;

	/** Whether the parts of the body are events. */
	private boolean events = true;

	private volatile long since;

	private volatile boolean over;

	private volatile @Nullable Timeout timeout;

	/** Creates a deadline that is not watched yet. */
	StreamDeadline(AttemptExecution attempt, AnswerStream stream) {
		this.attempt = attempt;
		this.stream = stream;
		this.call = attempt.call();
		this.limits = this.call.limits();
	}

	/** Sets the limits of a body that is read by the caller. Called before the start. */
	void ofBody(TimeLimits limits, boolean events) {
		this.limits = limits;
		this.events = events;
	}

	void start() {
		watch(this.call.client().deadlines(), remaining());
	}

	private void watch(Timer timer, long nanos) {
		if (!this.over) {
			try {
				Timeout entry = timer.newTimeout(this, nanos, TimeUnit.NANOSECONDS);
				this.timeout = entry;
				if (this.over) {
					entry.cancel();
				}
			}
			catch (IllegalStateException ex) {
				close();
			}
		}
	}

	/** Starts the limit for the next event. */
	void restart() {
		this.since = this.call.client().nanoTime();
	}

	/** Returns the time until the next check, in nanoseconds. */
	private long remaining() {
		long event = TimeLimits.nanos(this.limits.nextEvent());
		long left = this.stream.bytes().isWaiting() ? event - (this.call.client().nanoTime() - this.since) : event;
		return Math.min(left, TimeLimits.nanos(this.limits.stream()) - this.call.elapsed());
	}

	/**
	 * Ends the stream because the application is stopping. Closing all connections is not
	 * enough: a response that has arrived completely, but has not been read, no longer
	 * has a connection.
	 */
	private void close() {
		this.over = true;
		try {
			this.stream.bytes().loop().execute(this.attempt::stop);
		}
		catch (RejectedExecutionException ex) {
			this.stream.failed(ex);
		}
	}

	/**
	 * Checks the limits after the connection has been read once more, because its event
	 * loop may have been busy when an element arrived.
	 */
	private void look() {
		try {
			this.stream.bytes().runAfterReading(this::end);
		}
		catch (RejectedExecutionException ex) {
			// the event loop has been shut down, so nothing more arrives
			this.stream.failed(ex);
		}
	}

	/**
	 * Ends the stream if a limit is exceeded. If the limit for the whole stream is
	 * exceeded, the instance counts as failed only if it was silent for more than half of
	 * this limit.
	 */
	private void end() {
		if (this.over) {
			return;
		}
		long waited = this.stream.bytes().isWaiting() ? this.call.client().nanoTime() - this.since : 0;
		Duration whole = this.limits.stream();
		Duration next = this.limits.nextEvent();
		if (this.call.elapsed() >= TimeLimits.nanos(whole)) {
			boolean hung = waited > TimeLimits.nanos(whole) / 2;
			this.stream.stop(timeout("the stream has not ended", whole, "stream-timeout", true),
					hung ? Outcome.FAILED : Outcome.ANSWERED);
		}
		else if (waited >= TimeLimits.nanos(next)) {
			this.stream.stop(timeout("no further event", next, "next-event-timeout", false), Outcome.FAILED);
		}
	}

	private EasTimeoutException timeout(String what, Duration limit, String property, boolean deadline) {
		if (!this.events) {
			return TimeLimits.exceeded(this.attempt.failover().where(),
					deadline ? "the answer has not ended" : "no further part of the answer", limit,
					deadline ? "request-timeout" : "response-timeout", deadline);
		}
		return TimeLimits.exceeded(this.attempt.failover().where(), what, limit, property, deadline);
	}

	/** Schedules the next check even if this one fails. */
	@Override
	public void run(Timeout due) {
		long again = TimeLimits.nanos(this.limits.nextEvent());
		try {
			long left = remaining();
			if (left > 0) {
				again = left;
			}
			else if (!this.over) {
				look();
			}
		}
		finally {
			watch(due.timer(), again);
		}
	}

	void stop() {
		this.over = true;
		Timeout known = this.timeout;
		if (known != null) {
			known.cancel();
		}
	}

}
