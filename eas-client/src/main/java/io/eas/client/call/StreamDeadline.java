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
 * The time limits of a stream from its first event on: for how long it may give no event
 * while one is wanted, and of the whole. One entry in the timer, which comes back as long
 * as there is something to look at. Thread-safe.
 */
final class StreamDeadline implements TimerTask {

	private final AttemptExecution attempt;

	private final AnswerStream stream;

	private final TimeLimits limits;

	private volatile long since;

	private volatile boolean over;

	private volatile @Nullable Timeout timeout;

	/** Nothing is watched yet. */
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

	/** An event is wanted from now on. */
	void restart() {
		this.since = this.attempt.nanoTime();
	}

	/** Nanoseconds until the next look. */
	private long remaining() {
		long event = TimeLimits.nanos(this.limits.nextEvent());
		long left = this.stream.demand().isWaiting() ? event - (this.attempt.nanoTime() - this.since) : event;
		return Math.min(left, TimeLimits.nanos(this.limits.stream()) - this.attempt.elapsed());
	}

	/** Which limit is over, or null for none. */
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

	/** Whatever goes wrong, it comes back. */
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
	 * A limit that is over.
	 *
	 * @param failure what the reader is told
	 * @param outcome what it says about the instance: the time of the whole may be over
	 * without its fault
	 */
	record Exceeded(EasTimeoutException failure, Outcome outcome) {
	}

}
