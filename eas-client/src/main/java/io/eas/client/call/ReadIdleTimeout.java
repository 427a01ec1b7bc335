package io.eas.client.call;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.netty.util.TimerTask;
import org.jspecify.annotations.Nullable;

/**
 * Watches that an instance which is streaming an answer isn't silent for longer than the
 * response timeout while something is wanted of it. One entry in the timer, which comes
 * back as long as there is something to look at. Thread-safe.
 */
final class ReadIdleTimeout implements TimerTask {

	private final AttemptExecution attempt;

	private final BooleanSupplier waiting;

	private final Runnable expired;

	private final long longest;

	private volatile long since;

	private volatile boolean over;

	private volatile @Nullable Timeout timeout;

	/**
	 * Nothing is watched yet.
	 * @param attempt the attempt
	 * @param waiting whether something is wanted
	 * @param expired told of a silence that is too long, by the timer's thread
	 */
	ReadIdleTimeout(AttemptExecution attempt, BooleanSupplier waiting, Runnable expired) {
		this.attempt = attempt;
		this.waiting = waiting;
		this.expired = expired;
		this.longest = Deadline.nanos(attempt.call().responseTimeout());
		this.since = attempt.nanoTime();
	}

	void start() {
		watch(this.attempt.deadlines(), this.longest);
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

	/** Something came, or is wanted from now on. */
	void recordActivity() {
		this.since = this.attempt.nanoTime();
	}

	boolean isExpired() {
		return !this.over && this.waiting.getAsBoolean() && remaining() <= 0;
	}

	private long remaining() {
		return this.longest - (this.attempt.nanoTime() - this.since);
	}

	/** Whatever goes wrong, it comes back. */
	@Override
	public void run(Timeout due) {
		try {
			if (isExpired()) {
				this.expired.run();
			}
		}
		finally {
			again(due.timer());
		}
	}

	private void again(Timer timer) {
		long remaining = this.waiting.getAsBoolean() ? remaining() : this.longest;
		watch(timer, (remaining > 0) ? remaining : this.longest);
	}

	void stop() {
		this.over = true;
		Timeout known = this.timeout;
		if (known != null) {
			known.cancel();
		}
	}

}
