package io.eas.client.call;

import io.eas.client.request.TimeLimits;
import java.util.concurrent.TimeUnit;

import io.eas.client.EasException;
import io.eas.client.EasTimeoutException;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.selection.InstanceSelector;
import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.netty.util.TimerTask;
import org.jspecify.annotations.Nullable;

/**
 * Watches the time limits of one call until its response or, for a stream, its first
 * event has arrived. There are two limits: for the whole call, and for the time that the
 * current instance may be silent. In addition, it watches the shorter stall limit, after
 * which the call may move to another instance. A single entry in the timer serves all
 * limits. When the entry expires, the task checks all limits and schedules itself for the
 * next one. Nearly all calls are answered in time and cost a single timer entry, which is
 * cheap, because the hashed wheel timer doesn't sort entries.
 */
final class Deadline implements TimerTask {

	private final CallExecution<?> execution;

	private final Call call;

	private final InstanceSelector selector;

	private final long whole;

	private @Nullable Timeout timeout;

	/**
	 * Creates limits that are not watched yet.
	 * @param execution the call to watch
	 * @param call contains the limits
	 */
	Deadline(CallExecution<?> execution, Call call) {
		this.execution = execution;
		this.call = call;
		this.selector = call.retries().selector();
		this.whole = TimeLimits.nanos(call.limits().call());
	}

	/**
	 * Starts watching the limits.
	 * @return false if the timer has been stopped
	 */
	boolean start(Timer timer) {
		return watch(timer, Math.min(stallLimit(),
				Math.min(this.whole - this.call.elapsed(), TimeLimits.nanos(this.call.limits().firstEvent()))));
	}

	/**
	 * Returns the stall limit. A call that is not idempotent has no stall limit, because
	 * the call must not be sent again.
	 */
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

	/**
	 * Checks the limits. If the check itself fails, the call fails: otherwise it would
	 * continue without limits.
	 */
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
		long now = this.call.client().nanoTime();
		long left = this.whole - (now - this.call.started());
		AttemptExecution attempt = this.execution.current();
		if (left <= 0) {
			expire(attempt, now);
			return;
		}
		long silence = (attempt != null) ? attempt.longestSilence() : TimeLimits.nanos(this.call.limits().firstEvent());
		long remaining = (attempt != null) ? attempt.remaining(now, silence) : silence;
		if (attempt != null && remaining <= 0) {
			attempt.abort(silence(attempt));
			remaining = silence;
		}
		else if (attempt != null) {
			explore(attempt, left);
		}
		if (this.execution.isOver()) {
			return;
		}
		if (!watch(timer, Math.min(stallLimit(), Math.min(left, remaining)))) {
			// the timer has been stopped: without its limits, the call might never end
			this.execution.fail(this.execution.failover().stopped().last());
		}
	}

	/** Creates the failure of an attempt whose instance has been silent for too long. */
	private EasTimeoutException silence(AttemptExecution attempt) {
		TimeLimits limits = this.call.limits();
		boolean longer = !limits.firstEvent().equals(limits.response());
		if ((longer || this.call.reader().takesStreams()) && !attempt.isCollecting()) {
			return TimeLimits.exceeded(attempt.failover().where(), "no event", limits.firstEvent(),
					"first-event-timeout", false);
		}
		String what = attempt.isCollecting() ? "no further part of the answer" : "no answer";
		return TimeLimits.exceeded(attempt.failover().where(), what, limits.response(), "response-timeout", false);
	}

	/**
	 * Called while an attempt waits. If all calls that could reveal a stall wait on the
	 * same instance, one of them must move to find out whether another instance responds.
	 * The call moves only if the remaining time is longer than the time that the attempt
	 * has already waited.
	 */
	private void explore(AttemptExecution attempt, long left) {
		long waited = attempt.waited();
		if (waited > 0 && waited < left && attempt.number() < this.call.maxAttempts()
				&& attempt.tracked().mayExplore(waited, attempt.longestSilence())) {
			this.execution.failover().move(attempt, waited);
		}
	}

	/**
	 * Ends the call because its limit is exceeded. The instance counts as failed if it
	 * was silent for more than half of the limit and for longer than the median response
	 * time. Otherwise the caller's limit is too short to show whether the instance has
	 * failed.
	 */
	private void expire(@Nullable AttemptExecution attempt, long now) {
		if (attempt != null) {
			long silent = this.whole - attempt.remaining(now, this.whole);
			boolean hung = silent > this.whole / 2 && silent > this.selector.medianAnswer();
			attempt.abort(hung ? Outcome.FAILED : Outcome.CANCELLED);
		}
		this.execution.fail(exceeded());
	}

	private EasException exceeded() {
		TimeLimits limits = this.call.limits();
		String what = (this.call.reader().takesStreams() ? "no event within " : "no answer within ")
				+ limits.call().toMillis() + " ms, the time of the whole " + (limits.call().equals(limits.stream())
						? "stream (http.stream-timeout)" : "call (http.request-timeout)");
		return this.execution.failover().exceeded(what);
	}

	void cancel() {
		Timeout known = this.timeout;
		if (known != null) {
			known.cancel();
		}
	}

}
