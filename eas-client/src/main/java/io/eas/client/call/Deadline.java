package io.eas.client.call;

import java.util.concurrent.TimeUnit;

import io.eas.loadbalancer.selection.InstanceSelector;
import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.netty.util.TimerTask;
import org.jspecify.annotations.Nullable;

/**
 * Watches the time limits of one call until its response, for a stream until its first
 * event: the limit of the whole call, and the limit for the silence of the instance in
 * use. Before these, it watches the stall limit, after which the call may move to another
 * instance. A single entry in the timer serves all limits. When the entry expires, the
 * task checks all limits and schedules itself for the next one. So a call that is
 * answered in time, as nearly all are, costs a single timer entry, and the hashed wheel
 * timer does not sort entries.
 */
final class Deadline implements TimerTask {

	private final CallExecution<?> execution;

	private final Call call;

	private final InstanceSelector selector;

	private final long started;

	private final long whole;

	private @Nullable Timeout timeout;

	/**
	 * Creates limits that are not watched yet.
	 * @param execution the call to watch
	 * @param call contains the limits
	 * @param selector knows how long responses usually take
	 * @param now the time, as of {@link CallExecution#nanoTime}
	 */
	Deadline(CallExecution<?> execution, Call call, InstanceSelector selector, long now) {
		this.execution = execution;
		this.call = call;
		this.selector = selector;
		this.started = now;
		this.whole = TimeLimits.nanos(call.limits().call());
	}

	/** Returns the time at which the call started. */
	long started() {
		return this.started;
	}

	/**
	 * Starts watching the limits.
	 * @return false if the timer has been stopped
	 */
	boolean start(Timer timer) {
		return watch(timer,
				Math.min(stallLimit(), Math.min(this.whole, TimeLimits.nanos(this.call.limits().firstEvent()))));
	}

	/** A call that is not idempotent has no stall limit: it must not be sent again. */
	private long stallLimit() {
		return this.call.rules().idempotent() ? this.selector.stallLimit() : Long.MAX_VALUE;
	}

	private boolean watch(Timer timer, long nanos) {
		try {
			this.timeout = timer.newTimeout(this, nanos, TimeUnit.NANOSECONDS);
			return true;
		}
		catch (IllegalStateException ex) {
			return false;
		}
	}

	/** No failure may leave a call without its limits. */
	@Override
	public void run(Timeout due) {
		try {
			if (!this.execution.isOver()) {
				look(due.timer());
			}
		}
		catch (Throwable ex) {
			this.execution.broken(ex);
		}
	}

	private void look(Timer timer) {
		long now = this.execution.nanoTime();
		long left = this.whole - (now - this.started);
		AttemptExecution attempt = this.execution.current();
		if (left <= 0) {
			expire(attempt, now);
			return;
		}
		long silence = (attempt != null) ? attempt.longestSilence() : TimeLimits.nanos(this.call.limits().firstEvent());
		long remaining = (attempt != null) ? attempt.remaining(now, silence) : silence;
		if (attempt != null && remaining <= 0) {
			attempt.timeOut();
			remaining = silence;
		}
		else if (attempt != null) {
			explore(attempt, left);
		}
		if (this.execution.isOver()) {
			return;
		}
		if (!watch(timer, Math.min(stallLimit(), Math.min(left, remaining)))) {
			this.execution.stopped();
		}
	}

	/**
	 * Called while an attempt waits. If all calls that could reveal a stall wait on the
	 * same instance, one of them must move to find out whether another instance responds.
	 * The call doesn't move if less time remains than the attempt has already waited.
	 */
	private void explore(AttemptExecution attempt, long left) {
		long waited = attempt.waited();
		if (waited > 0 && waited < left && attempt.number() < this.execution.maxAttempts()
				&& attempt.tracked().mayExplore(waited, attempt.longestSilence())) {
			this.execution.move(attempt, waited);
		}
	}

	/**
	 * The instance has failed if it was silent for more than half of the limit and for
	 * longer than half of all responses take. Otherwise the limit of the caller is too
	 * short to tell.
	 */
	private void expire(@Nullable AttemptExecution attempt, long now) {
		if (attempt != null) {
			long silent = this.whole - attempt.remaining(now, this.whole);
			attempt.expire(silent > this.whole / 2 && silent > this.selector.medianAnswer());
		}
		this.execution.timedOut();
	}

	void cancel() {
		Timeout known = this.timeout;
		if (known != null) {
			known.cancel();
		}
	}

}
