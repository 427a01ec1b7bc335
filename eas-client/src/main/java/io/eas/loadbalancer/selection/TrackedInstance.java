package io.eas.loadbalancer.selection;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.eas.instance.EasInstance;

/**
 * What a client knows of one instance beside its address: the attempts in flight on it,
 * how the last ones ended, and whether it is in use. Kept over changes of the list, and
 * gone with the instance. Thread-safe, without locks.
 */
public final class TrackedInstance extends InstanceUse {

	private static final AtomicIntegerFieldUpdater<TrackedInstance> UNANSWERED = counter("unanswered");

	private static final AtomicIntegerFieldUpdater<TrackedInstance> FAILURES = counter("failures");

	private static final AtomicIntegerFieldUpdater<TrackedInstance> BREAKS = counter("breaks");

	private static final AtomicIntegerFieldUpdater<TrackedInstance> DENIALS = counter("denials");

	/** With a fifth of the calls the retry budget can do no more. */
	static final double HIGHEST_RATE = 0.25;

	private static final long TOLD_AGAIN = TimeUnit.MINUTES.toNanos(1);

	/** A failure rate below that is none. */
	private static final double FORGOTTEN_RATE = 0.001;

	/** Attempts that began since the last answer, ended or not. */
	private volatile int unanswered;

	/** Failures since the last answer. */
	private volatile int failures;

	/** Those of them that were broken connections. */
	private volatile int breaks;

	/**
	 * How large a share of its attempts fails of late, from 0 to 1: a moving average, in
	 * which an update may get lost.
	 */
	private volatile double failureRate;

	/** Whether it has answered since a connection last broke that had just been used. */
	private volatile boolean answersBetween;

	/** When it was last told that others are preferred. */
	private volatile long avoidedTold;

	/** Denials since the last good one. */
	private volatile int denials;

	/** When the first of them came. */
	private volatile long deniedSince;

	/** When the first of the unanswered attempts began. */
	private volatile long waitingSince;

	/** When it last gave a sign of life; written before {@link #unanswered}. */
	private long answeredAt;

	private volatile double latency;

	private volatile long latencyAt;

	/** Guarded by {@link Ejections}. */
	private int ejections;

	/** Guarded by {@link Ejections}. */
	private long restoredAt;

	private static AtomicIntegerFieldUpdater<TrackedInstance> counter(String field) {
		return AtomicIntegerFieldUpdater.newUpdater(TrackedInstance.class, field);
	}

	TrackedInstance(EasInstance instance, EjectionState ejectionState, long now) {
		super(instance, ejectionState);
		this.answeredAt = now;
		this.avoidedTold = now - TOLD_AGAIN;
	}

	/**
	 * An instance that nothing is known of.
	 * @param instance the instance
	 * @return its state, in full use
	 */
	public static TrackedInstance of(EasInstance instance) {
		return new TrackedInstance(instance, EjectionState.LIVE, 0);
	}

	void begin(long now) {
		enter();
		if (this.unanswered == 0) {
			// before it counts, so that nobody takes an earlier wait for its own
			this.waitingSince = now;
		}
		if (UNANSWERED.getAndIncrement(this) == 0) {
			this.waitingSince = now;
		}
	}

	/** Where nothing is in flight nothing waits, however it ended. */
	void end() {
		if (leave() == 0 && this.unanswered != 0) {
			this.unanswered = 0;
		}
	}

	/** How long its answers take, in nanoseconds; 0 before the first. */
	double latency() {
		return this.latency;
	}

	/** When that was last measured. */
	long latencyAt() {
		return this.latencyAt;
	}

	void recordLatency(double nanos, long now) {
		this.latency = nanos;
		this.latencyAt = now;
	}

	/** The instance gives a sign of life. */
	void answering(long now) {
		this.answeredAt = now;
		this.unanswered = 0;
	}

	/** Whether it has given no sign of life since then. */
	boolean isSilentSince(long time) {
		// read first what is written last
		return this.unanswered >= 0 && this.answeredAt - time < 0;
	}

	/**
	 * The instance gave an answer.
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
	 * The instance took no connection, which is not the silence of one that stands still.
	 */
	void refused() {
		this.unanswered = 0;
	}

	/**
	 * The instance failed.
	 * @param gain the weight of one attempt in the failure rate, from 0 to 1
	 * @return how often in a row by now
	 */
	int failed(double gain) {
		raiseRate(gain);
		return FAILURES.incrementAndGet(this);
	}

	/**
	 * A connection broke that had just been used. Once that says nothing, since a server
	 * that starts anew breaks all of them; between answers, time and again, it does.
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
	 * Whether it is to be told that others are preferred: once a minute, not each time.
	 */
	boolean tellsAvoided(long now) {
		if (now - this.avoidedTold < TOLD_AGAIN) {
			return false;
		}
		this.avoidedTold = now;
		return true;
	}

	/** How large a share of its attempts fails of late, from 0 to 1. */
	double failureRate() {
		return this.failureRate;
	}

	/**
	 * A connection broke, which is a failure that has been counted.
	 * @return how often in a row by now
	 */
	int broken() {
		return BREAKS.incrementAndGet(this);
	}

	/**
	 * The instance denied what it was asked for.
	 * @return since when it has answered nothing else
	 */
	long denied(long now) {
		if (DENIALS.getAndIncrement(this) == 0) {
			this.deniedSince = now;
		}
		return this.deniedSince;
	}

	/** How often in a row it has answered so. */
	int denials() {
		return this.denials;
	}

	/** The instance answered well. */
	void agreed() {
		if (this.denials != 0) {
			this.denials = 0;
		}
	}

	/**
	 * Whether attempts have waited for too long.
	 * @param since waits count from then on at the earliest
	 * @param now the time
	 * @param longest the longest wait
	 * @param fewest with fewer unanswered attempts it is a coincidence
	 */
	boolean isStalled(long since, long now, long longest, int fewest) {
		if (Math.min(inFlight(), this.unanswered) < fewest) {
			return false;
		}
		long waiting = this.waitingSince;
		return now - ((waiting - since > 0) ? waiting : since) > longest;
	}

	/**
	 * Whether it has answered nothing for long, whatever others do.
	 * @param now the time
	 * @param longest the longest wait
	 * @param fewest with fewer unanswered attempts it is a coincidence
	 */
	boolean isSilent(long now, long longest, int fewest) {
		return isStalled(this.waitingSince, now, longest, fewest);
	}

	/**
	 * Which ejection the next one is; the earlier ones count no more after a long good
	 * time.
	 */
	int nextEjection(long now, long forgottenAfter) {
		boolean longAgo = this.ejections > 0 && !(ejectionState() instanceof EjectionState.Ejected)
				&& now - this.restoredAt > forgottenAfter;
		return longAgo ? 1 : this.ejections + 1;
	}

	/** Takes note of an ejection. */
	void ejected(int times) {
		this.ejections = times;
	}

	/** The instance is used again; that it failed often isn't forgotten at once. */
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
