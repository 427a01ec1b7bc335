package io.eas.client.call;

import java.time.Duration;
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

	private final TimeLimits limits;

	private volatile long since;

	private volatile boolean over;

	private volatile @Nullable Timeout timeout;

	/** Creates a deadline that is not watched yet. */
	StreamDeadline(AttemptExecution attempt, AnswerStream stream) {
		this.attempt = attempt;
		this.stream = stream;
		this.limits = attempt.call().limits();
	}

	void start() {
		watch(this.attempt.deadlines(), remaining());
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
				// the application is stopping, and closes the connection
				this.over = true;
			}
		}
	}

	/** Starts the limit for the next event. */
	void restart() {
		this.since = this.attempt.nanoTime();
	}

	/** Returns the time until the next check, in nanoseconds. */
	private long remaining() {
		long event = TimeLimits.nanos(this.limits.nextEvent());
		long left = this.stream.demand().isWaiting() ? event - (this.attempt.nanoTime() - this.since) : event;
		return Math.min(left, TimeLimits.nanos(this.limits.stream()) - this.attempt.elapsed());
	}

	/** Returns the limit that is exceeded, or null if there is none. */
	@Nullable Exceeded exceeded() {
		if (this.over) {
			return null;
		}
		long waited = this.stream.demand().isWaiting() ? this.attempt.nanoTime() - this.since : 0;
		Duration whole = this.limits.stream();
		if (this.attempt.elapsed() >= TimeLimits.nanos(whole)) {
			boolean hung = waited > TimeLimits.nanos(whole) / 2;
			return new Exceeded(timeout("the stream isn't at its end", whole, "stream-timeout", true),
					hung ? Outcome.FAILED : Outcome.ANSWERED);
		}
		Duration next = this.limits.nextEvent();
		return (waited >= TimeLimits.nanos(next))
				? new Exceeded(timeout("no further event", next, "next-event-timeout", false), Outcome.FAILED) : null;
	}

	private EasTimeoutException timeout(String what, Duration limit, String property, boolean deadline) {
		return TimeLimits.exceeded(this.attempt.where(), what, limit, property, deadline);
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
				this.stream.expired();
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

	/**
	 * An exceeded limit.
	 *
	 * @param failure the failure for the subscriber
	 * @param outcome what it says about the instance, which may not be responsible if the
	 * limit for the whole stream is exceeded
	 */
	record Exceeded(EasTimeoutException failure, Outcome outcome) {
	}

}
