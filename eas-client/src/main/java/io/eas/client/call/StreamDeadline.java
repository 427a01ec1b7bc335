package io.eas.client.call;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.eas.client.EasTimeoutException;
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
				this.timeout = timer.newTimeout(this, nanos, TimeUnit.NANOSECONDS);
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
		long event = TimeLimits.nanos(this.limits.event());
		long left = this.stream.isWaiting() ? event - (this.attempt.nanoTime() - this.since) : event;
		return Math.min(left, TimeLimits.nanos(this.limits.stream()) - this.attempt.elapsed());
	}

	/**
	 * Which limit is over.
	 * @return what it is told as, or null for none
	 */
	@Nullable EasTimeoutException exceeded() {
		if (this.over) {
			return null;
		}
		Duration whole = this.limits.stream();
		if (this.attempt.elapsed() >= TimeLimits.nanos(whole)) {
			return new EasTimeoutException(this.attempt.where(),
					"not at its end within " + whole.toMillis() + " ms, the time of the whole stream", null, true);
		}
		Duration event = this.limits.event();
		boolean late = this.stream.isWaiting() && this.attempt.nanoTime() - this.since >= TimeLimits.nanos(event);
		return late ? new EasTimeoutException(this.attempt.where(), "no further event for " + event.toMillis() + " ms",
				null, false) : null;
	}

	/** Whatever goes wrong, it comes back. */
	@Override
	public void run(Timeout due) {
		long again = TimeLimits.nanos(this.limits.event());
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

}
