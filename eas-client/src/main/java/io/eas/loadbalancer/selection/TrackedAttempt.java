package io.eas.loadbalancer.selection;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.eas.http.ConnectionGuard;
import io.eas.instance.EasInstance;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.selection.Disputes.Verdict;
import io.eas.loadbalancer.selection.EjectionState.Ejected;
import org.jspecify.annotations.Nullable;

/**
 * One attempt in flight on an instance, from the pick to its end. Whoever starts one ends
 * it, also when it is cancelled. Thread-safe; only the first end counts.
 */
public final class TrackedAttempt {

	private static final AtomicIntegerFieldUpdater<TrackedAttempt> PROGRESS = AtomicIntegerFieldUpdater
		.newUpdater(TrackedAttempt.class, "progress");

	private static final int WAITING = 0;

	private static final int ANSWERING = 1;

	private static final int ENDED = 2;

	private final OutlierDetection detection;

	private final TrackedInstance state;

	private final long started;

	@SuppressWarnings("UnusedVariable") // through PROGRESS
	private volatile int progress = WAITING;

	/** A connection that was idle for less is forgotten nowhere on the way. */
	private static final long QUIET = TimeUnit.SECONDS.toNanos(1);

	/** Whether what the request goes over had been idle for long; written before it. */
	private boolean quiet;

	/** What the request goes over, where that is known. */
	private volatile @Nullable ConnectionGuard connection;

	/** Whether that was forgotten on the way; written with the end. */
	private boolean forgotten;

	/** Where the call has waited for too long before, until this attempt is answered. */
	private @Nullable TrackedInstance overtaken;

	/** Since when; written before the instance. */
	private long overtakenSince;

	/** Written before the end, by whoever sees the headers. */
	private volatile Verdict verdict = Verdict.FINE;

	TrackedAttempt(OutlierDetection detection, TrackedInstance state, long started) {
		this.detection = detection;
		this.state = state;
		this.started = started;
	}

	/**
	 * Where the attempt goes.
	 * @return the instance
	 */
	public EasInstance instance() {
		return this.state.instance();
	}

	/**
	 * Takes note of the connection that the request is being written to. If it breaks,
	 * that tells nothing of the instance where the connection was
	 * {@linkplain ConnectionGuard#isStale stale}.
	 * @param connection its guard, or null if it isn't guarded
	 * @param idleNanos for how long it had been idle, or less than 0
	 */
	public void writing(@Nullable ConnectionGuard connection, long idleNanos) {
		this.quiet = idleNanos >= QUIET;
		this.connection = connection;
	}

	/**
	 * Takes note that this attempt is made in place of another of the same call, which
	 * waited for too long. If this one is answered well, the other's instance is to
	 * blame. To be called before the request is sent.
	 * @param other the other attempt, which has been given up
	 */
	public void insteadOf(TrackedAttempt other) {
		this.overtakenSince = other.started;
		this.overtaken = other.state;
	}

	/**
	 * Takes note that the instance answers: to be called once the headers of the answer
	 * are there, whatever they say and however long its body takes. The time until now is
	 * how long the answer took. Does nothing the second time, and after the end; an
	 * attempt that ends with an answer needn't call it.
	 */
	public void answering() {
		if (this.progress == WAITING && PROGRESS.compareAndSet(this, WAITING, ANSWERING)) {
			this.detection.answering(this.state, this.started);
		}
	}

	/**
	 * Takes note of what the answer says, before all of it is there, which decides the
	 * trial of an instance that is left out: to be called with the headers, but for an
	 * event stream, whose headers come before the instance has done anything; there with
	 * its first bytes. May be called again, and does nothing after the end.
	 * @param said what follows from the status
	 */
	public void answering(Outcome said) {
		answering();
		if (this.progress == ANSWERING && this.verdict == Verdict.FINE) {
			this.detection.judged(this.state, said, this.started);
			TrackedInstance other = this.overtaken;
			if (other != null && said == Outcome.ANSWERED) {
				this.overtaken = null;
				this.detection.overtaken(other, this.overtakenSince);
			}
		}
	}

	/**
	 * Takes note of the status of the answer, once its headers are there. An instance
	 * that denies all, such as with 401, 404 or 500, while others answer the same paths
	 * well is left out: another service may have got its address, or its model is broken.
	 * @param status the status code
	 * @param method the method of the request
	 * @param target the path of the request, with or without a query
	 */
	public void answering(int status, String method, String target) {
		answering();
		if (this.progress == ANSWERING) {
			this.verdict = this.detection.compare(this.state, status, method, target, this.started);
		}
	}

	/**
	 * Whether this attempt may be given up for another one elsewhere, to find out whether
	 * others answer.
	 * @param waited for how long it has waited, in nanoseconds
	 * @param responseTimeout for how long it might
	 * @return false if it should wait on; another attempt may have been asked to
	 */
	public boolean mayExplore(long waited, long responseTimeout) {
		return this.progress == WAITING && this.detection.mayExplore(this.state, waited, responseTimeout);
	}

	/**
	 * Whether the instance answers.
	 * @return true from {@link #answering} on until the end
	 */
	public boolean isAnswering() {
		return this.progress == ANSWERING;
	}

	/**
	 * Ends the attempt.
	 * @param outcome how; a {@linkplain Outcome#BROKEN broken} connection that may have
	 * been dead before is {@linkplain Outcome#STALE stale}
	 * @return false if it had ended before, and nothing was done
	 */
	public boolean end(Outcome outcome) {
		int before = PROGRESS.getAndSet(this, ENDED);
		if (before == ENDED) {
			return false;
		}
		Outcome meant = (outcome == Outcome.BROKEN && before == WAITING && isStale()) ? Outcome.STALE : outcome;
		this.forgotten = meant == Outcome.STALE && this.quiet;
		this.detection.ended(this.state, meant, this.started, before == ANSWERING, this.verdict != Verdict.FINE,
				this.forgotten);
		return true;
	}

	private boolean isStale() {
		ConnectionGuard known = this.connection;
		return known != null && known.isStale();
	}

	/**
	 * Whether the attempt has ended because its connection had been forgotten on the way,
	 * such as by a firewall, or by the instance, while it was idle. A connection is so
	 * once, and no sooner than a second after its last use.
	 */
	public boolean isForgotten() {
		return this.forgotten;
	}

	/**
	 * Whether the instance is left out now.
	 */
	public boolean isLeftOut() {
		return this.state.ejectionState() instanceof Ejected;
	}

	/**
	 * Whether the instance has been left out since the attempt began: by its failure, or
	 * while it was in flight, so that nobody can have known better.
	 * @return false also if the instance isn't left out
	 */
	public boolean isOvertakenByEjection() {
		return this.state.ejectionState() instanceof Ejected ejected && this.started - ejected.since() <= 0;
	}

	/**
	 * Whether the instance has denied what others answer and is left out for that, or
	 * others are preferred, so that the call should go on elsewhere.
	 * @return false if the answer may be the right one
	 */
	public boolean isMisplaced() {
		return this.verdict == Verdict.MISPLACED;
	}

}
