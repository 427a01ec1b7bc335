package io.eas.loadbalancer.selection;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.eas.instance.EasInstance;
import org.jspecify.annotations.Nullable;

/**
 * The state of an instance as known to a client: the attempts in flight on it, how the
 * last attempts ended, and whether the instance is in use. The object is kept when the
 * list changes, and dropped once the instance is no longer listed. Thread-safe and
 * lock-free.
 */
public final class TrackedInstance extends InstanceUse {

	private static final AtomicIntegerFieldUpdater<TrackedInstance> UNANSWERED = AtomicIntegerFieldUpdater
		.newUpdater(TrackedInstance.class, "unanswered");

	private static final AtomicIntegerFieldUpdater<TrackedInstance> FAILURES = AtomicIntegerFieldUpdater
		.newUpdater(TrackedInstance.class, "failures");

	private static final AtomicIntegerFieldUpdater<TrackedInstance> BREAKS = AtomicIntegerFieldUpdater
		.newUpdater(TrackedInstance.class, "breaks");

	private static final AtomicIntegerFieldUpdater<TrackedInstance> DENIALS = AtomicIntegerFieldUpdater
		.newUpdater(TrackedInstance.class, "denials");

	/**
	 * The failure rate from which an instance is an outlier. The default retry budget of
	 * a fifth of the calls can't cover more failures.
	 */
	static final double HIGHEST_RATE = 0.25;

	private static final long TOLD_AGAIN = TimeUnit.MINUTES.toNanos(1);

	/** The failure rate below which the rate is set to 0. */
	private static final double FORGOTTEN_RATE = 0.001;

	/**
	 * The number of attempts that started since the last response, whether or not they
	 * have ended.
	 */
	private volatile int unanswered;

	/** The number of failures since the last response. */
	private volatile int failures;

	/** The number of broken connections since the last response. */
	private volatile int breaks;

	/**
	 * The share of recent attempts that failed, from 0 to 1. This is a moving average,
	 * and concurrent updates may be lost.
	 */
	private volatile double failureRate;

	/**
	 * Whether the instance has responded since a pooled connection last broke shortly
	 * after its use; see {@link #stale}.
	 */
	private volatile boolean answersBetween;

	/** The time when the listener was last told that the instance is avoided. */
	private volatile long avoidedTold;

	/** The number of denials since the last good response. */
	private volatile int denials;

	/** The time of the first denial since the last good response. */
	private volatile long deniedSince;

	/** The time when the first of the unanswered attempts started. */
	private volatile long waitingSince;

	/** The time of the last response; written before {@link #unanswered}. */
	private long answeredAt;

	private volatile double latency;

	private volatile long latencyAt;

	private volatile @Nullable LastFailure lastFailure;

	/** Guarded by {@link Ejections}. */
	private int ejections;

	/** Guarded by {@link Ejections}. */
	private long restoredAt;

	TrackedInstance(EasInstance instance, EjectionState ejectionState, long now) {
		super(instance, ejectionState);
		this.answeredAt = now;
		this.avoidedTold = now - TOLD_AGAIN;
	}

	/**
	 * Creates the state of an instance about which nothing is known.
	 * @param instance the instance
	 * @return the state, in full use
	 */
	public static TrackedInstance of(EasInstance instance) {
		return new TrackedInstance(instance, EjectionState.LIVE, 0);
	}

	void begin(long now) {
		enter();
		if (this.unanswered == 0) {
			// set before the attempt counts, so that its wait isn't measured from an
			// earlier start
			this.waitingSince = now;
		}
		if (UNANSWERED.getAndIncrement(this) == 0) {
			this.waitingSince = now;
		}
	}

	/**
	 * Records the end of an attempt. If this was the last attempt in flight, no attempt
	 * counts as waiting any longer, however the attempts ended.
	 */
	void end() {
		if (leave() == 0 && this.unanswered != 0) {
			this.unanswered = 0;
		}
	}

	/** Returns the last failure, or null if there was none. */
	@Nullable LastFailure lastFailure() {
		return this.lastFailure;
	}

	void recordFailure(LastFailure failure) {
		this.lastFailure = failure;
	}

	/** Returns the average latency in nanoseconds; 0 before the first response. */
	double latency() {
		return this.latency;
	}

	/** Returns when the latency was last measured. */
	long latencyAt() {
		return this.latencyAt;
	}

	void recordLatency(double nanos, long now) {
		this.latency = nanos;
		this.latencyAt = now;
	}

	/** Records that the instance responds. */
	void answering(long now) {
		this.answeredAt = now;
		this.unanswered = 0;
	}

	/** Returns whether the instance has not responded since the given time. */
	boolean isSilentSince(long time) {
		// unanswered is written after answeredAt and must be read before it, so that the
		// value of answeredAt is up to date
		return this.unanswered >= 0 && this.answeredAt - time < 0;
	}

	/**
	 * Records a successful attempt.
	 * @param gain the weight of one attempt in the failure rate, from 0 to 1
	 */
	void answered(double gain) {
		if (this.failures != 0 || this.breaks != 0) {
			this.failures = 0;
			this.breaks = 0;
		}
		if (!this.answersBetween) {
			this.answersBetween = true;
		}
		double rate = this.failureRate;
		if (rate != 0) {
			this.failureRate = (rate < FORGOTTEN_RATE) ? 0 : rate * (1 - gain);
		}
	}

	/**
	 * Records that the instance accepted no connection, so that the attempts don't count
	 * as waiting on a stalled instance.
	 */
	void refused() {
		this.unanswered = 0;
	}

	/**
	 * Records a failed attempt.
	 * @param gain the weight of one attempt in the failure rate, from 0 to 1
	 * @return the number of consecutive failures
	 */
	int failed(double gain) {
		raiseRate(gain);
		return FAILURES.incrementAndGet(this);
	}

	/**
	 * Records that a pooled connection broke shortly after its last use. A single such
	 * break isn't a failure, since a restarting server breaks all its connections. A
	 * break counts as a failure only if the instance has responded since the previous
	 * break.
	 * @param gain see {@link #failed}
	 */
	void stale(double gain) {
		if (this.answersBetween) {
			this.answersBetween = false;
			raiseRate(gain);
		}
	}

	private void raiseRate(double gain) {
		double rate = this.failureRate;
		this.failureRate = rate + (1 - rate) * gain;
	}

	/**
	 * Returns whether the listener should be told that the instance is avoided, which is
	 * at most once per minute.
	 */
	boolean tellsAvoided(long now) {
		if (now - this.avoidedTold < TOLD_AGAIN) {
			return false;
		}
		this.avoidedTold = now;
		return true;
	}

	/** Returns the share of recent attempts that failed, from 0 to 1. */
	double failureRate() {
		return this.failureRate;
	}

	/**
	 * Records that the last failure, which has been counted already, was a broken
	 * connection.
	 * @return the number of consecutive broken connections
	 */
	int broken() {
		return BREAKS.incrementAndGet(this);
	}

	/**
	 * Records a denial.
	 * @return the time of the first of the current consecutive denials
	 */
	long denied(long now) {
		if (DENIALS.getAndIncrement(this) == 0) {
			this.deniedSince = now;
		}
		return this.deniedSince;
	}

	/** Returns the number of consecutive denials. */
	int denials() {
		return this.denials;
	}

	/** Records a response that isn't a denial. */
	void agreed() {
		if (this.denials != 0) {
			this.denials = 0;
		}
	}

	/**
	 * Returns whether attempts have waited for too long while other instances responded.
	 * @param since the time from which on waits count
	 * @param now the current time
	 * @param longest the longest wait that is allowed, in nanoseconds
	 * @param fewest the minimum number of unanswered attempts
	 */
	boolean isStalled(long since, long now, long longest, int fewest) {
		if (Math.min(inFlight(), this.unanswered) < fewest) {
			return false;
		}
		long waiting = this.waitingSince;
		return now - ((waiting - since > 0) ? waiting : since) > longest;
	}

	/**
	 * Returns whether attempts have waited for too long, regardless of other instances.
	 * @param now the current time
	 * @param longest the longest wait that is allowed, in nanoseconds
	 * @param fewest the minimum number of unanswered attempts
	 */
	boolean isSilent(long now, long longest, int fewest) {
		return isStalled(this.waitingSince, now, longest, fewest);
	}

	/**
	 * Returns the ordinal of the next ejection; earlier ejections no longer count after a
	 * long time without an ejection.
	 */
	int nextEjection(long now, long forgottenAfter) {
		boolean longAgo = this.ejections > 0 && !isEjected() && now - this.restoredAt > forgottenAfter;
		return longAgo ? 1 : this.ejections + 1;
	}

	/** Records an ejection. */
	void ejected(int times) {
		this.ejections = times;
	}

	/**
	 * Records that the instance is used again. The failure rate of the instance isn't
	 * reset but reduced, so an instance that keeps failing is soon ejected again.
	 */
	void restored(long now) {
		this.restoredAt = now;
		this.failureRate = Math.min(this.failureRate, HIGHEST_RATE / 2);
		this.failures = 0;
		this.breaks = 0;
		this.denials = 0;
		this.unanswered = 0;
	}

	@Override
	public String toString() {
		return instance() + " (" + inFlight() + " in flight, " + ejectionState() + ")";
	}

}
