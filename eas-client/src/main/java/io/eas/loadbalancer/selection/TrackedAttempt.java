package io.eas.loadbalancer.selection;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.eas.http.ConnectionGuard;
import io.eas.instance.EasInstance;
import io.eas.loadbalancer.EjectionListener.Cause;
import io.eas.loadbalancer.Outcome;
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

	/** What the request goes over, where that is known. */
	private volatile @Nullable ConnectionGuard connection;

	/** Written before the end, by whoever sees the headers. */
	private volatile boolean denied;

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
	 */
	public void writing(@Nullable ConnectionGuard connection) {
		this.connection = connection;
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
		if (this.progress == ANSWERING && !this.denied) {
			this.detection.judged(this.state, said, this.started);
		}
	}

	/**
	 * Takes note of the status of the answer, once its headers are there. An instance
	 * that answers all with 401 or 404 while others answer the same paths well is left
	 * out, as another service may have got its address.
	 * @param status the status code
	 * @param target the path of the request, with or without a query
	 */
	public void answering(int status, String target) {
		answering();
		if (this.progress == ANSWERING && this.detection.isDenied(this.state, status, target, this.started)) {
			this.denied = true;
		}
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
		this.detection.ended(this.state, meant, this.started, before == ANSWERING, this.denied);
		return true;
	}

	private boolean isStale() {
		ConnectionGuard known = this.connection;
		return known != null && known.isStale();
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
	 * Whether the instance has denied what others answer and is left out for that, so
	 * that the call should go on elsewhere.
	 * @return false if the answer may be the right one
	 */
	public boolean isMisplaced() {
		return this.denied && this.state.ejectionState() instanceof Ejected ejected
				&& ejected.cause() == Cause.WRONG_SERVICE;
	}

}
