package io.eas.client.call;

import java.util.concurrent.TimeUnit;

import io.eas.loadbalancer.selection.InstanceSelector;
import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.netty.util.TimerTask;
import org.jspecify.annotations.Nullable;

/**
 * The time limits of one call until its answer, of a stream until its first event: of the
 * whole, and of the silence of the instance that it has asked; and before that the stall
 * limit, after which it looks whether it should go on elsewhere. One entry in the timer
 * stands for all; when it is due it looks, and comes back when there is something to look
 * at again. So the nearly all calls that are answered in time pay for a single entry,
 * which nobody sorts.
 */
final class Deadline implements TimerTask {

	private final CallExecution<?> execution;

	private final Call call;

	private final InstanceSelector selector;

	private final long started;

	private final long whole;

	private @Nullable Timeout timeout;

	/**
	 * Limits that don't count yet.
	 * @param execution what is limited
	 * @param call what its limits are
	 * @param selector knows how long answers take
	 * @param now the time, as of {@link CallExecution#nanoTime}
	 */
	Deadline(CallExecution<?> execution, Call call, InstanceSelector selector, long now) {
		this.execution = execution;
		this.call = call;
		this.selector = selector;
		this.started = now;
		this.whole = TimeLimits.nanos(call.limits().call());
	}

	/** The time at which the call started. */
	long started() {
		return this.started;
	}

	/**
	 * Has the limits watched.
	 * @return false if the timer has been stopped
	 */
	boolean start(Timer timer) {
		return watch(timer,
				Math.min(stallLimit(), Math.min(this.whole, TimeLimits.nanos(this.call.limits().firstEvent()))));
	}

	/** A call that may not be carried out twice waits on. */
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

	/** Nothing that goes wrong leaves a call without its limits. */
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
	 * An attempt has waited for long. Where all others that say something wait for the
	 * same instance, one of them has to find out whether another answers. What has taken
	 * as long as is left isn't begun again.
	 */
	private void explore(AttemptExecution attempt, long left) {
		long waited = attempt.waited();
		if (waited > 0 && waited < left && attempt.number() < this.execution.maxAttempts()
				&& attempt.tracked().mayExplore(waited, attempt.longestSilence())) {
			this.execution.move(attempt, waited);
		}
	}

	/**
	 * An instance that was silent for most of the time has failed, but for a caller whose
	 * time is less than half of the answers take.
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
