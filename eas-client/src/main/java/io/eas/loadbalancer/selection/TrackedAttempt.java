package io.eas.loadbalancer.selection;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Consumer;

import io.eas.http.ConnectionGuard;
import io.eas.instance.EasInstance;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.RequestLoad;
import io.eas.loadbalancer.RequestLoad.AttemptLoad;
import io.eas.loadbalancer.selection.Disputes.Verdict;
import io.eas.loadbalancer.selection.EjectionState.Ejected;
import io.netty.handler.codec.http.HttpHeaders;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * An attempt on an instance, from the pick to its end. The code that starts an attempt
 * must also end it, even if the call is cancelled. Thread-safe; only the first call of
 * {@link #end} counts.
 */
public final class TrackedAttempt {

	private static final Log log = LogFactory.getLog(TrackedAttempt.class);

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

	/** The idle time below which no device on the way drops a connection. */
	private static final long QUIET = TimeUnit.SECONDS.toNanos(1);

	/**
	 * Whether the connection had been idle for at least {@link #QUIET}; written before
	 * {@link #connection}.
	 */
	private boolean quiet;

	/** The connection that the request is written to, if it is guarded. */
	private volatile @Nullable ConnectionGuard connection;

	/**
	 * Whether the connection was dropped on the way while it was idle; written at the
	 * end.
	 */
	private boolean forgotten;

	/**
	 * The instance on which an earlier attempt of the same call has waited for too long;
	 * null once this attempt is answered.
	 */
	private @Nullable TrackedInstance overtaken;

	/** The start of the abandoned attempt; written before {@link #overtaken}. */
	private long overtakenSince;

	/**
	 * The result of the comparison with other instances; written before the end, by the
	 * thread that sees the headers.
	 */
	private volatile Verdict verdict = Verdict.FINE;

	/** The status of the response; written before {@link #verdict}. */
	private int status;

	/** The failure in words, or null. */
	private @Nullable String failure;

	/**
	 * The load that the algorithm counts for this attempt, or null. Written before the
	 * request is sent.
	 */
	private volatile @Nullable AttemptLoad load;

	TrackedAttempt(OutlierDetection detection, TrackedInstance state, long started) {
		this.detection = detection;
		this.state = state;
		this.started = started;
	}

	/**
	 * Returns the instance that the attempt goes to.
	 * @return the instance
	 */
	public EasInstance instance() {
		return this.state.instance();
	}

	/**
	 * Records the connection that the request is being written to. If a
	 * {@linkplain ConnectionGuard#isStale stale} connection breaks, this doesn't count
	 * against the instance.
	 * @param connection the guard of the connection, or null if it isn't guarded
	 * @param idleNanos how long the connection had been idle, in nanoseconds; negative if
	 * this is its first request or the time isn't known
	 */
	public void writing(@Nullable ConnectionGuard connection, long idleNanos) {
		this.quiet = idleNanos >= QUIET;
		this.connection = connection;
	}

	/**
	 * Records that this attempt replaces another attempt of the same call, which has
	 * waited for too long. If this attempt gets a good response, the instance of the
	 * other attempt counts as stalled or failed. Must be called before the request is
	 * sent.
	 * @param other the other attempt, which has been abandoned
	 */
	public void insteadOf(TrackedAttempt other) {
		this.overtakenSince = other.started;
		this.overtaken = other.state;
	}

	/**
	 * Records that the instance responds. Must be called when the headers of the response
	 * arrive, whatever the status is and however long the body takes; the time until then
	 * is the response time. Calling this method again, or after the end, has no effect.
	 * Calling it is optional for an attempt that ends with a response.
	 */
	public void answering() {
		if (this.progress == WAITING && PROGRESS.compareAndSet(this, WAITING, ANSWERING)) {
			this.detection.answering(this.state, this.started);
		}
	}

	/**
	 * Records the preliminary outcome of a response before its body is complete. This
	 * outcome decides the trial of an ejected instance. Must be called when the headers
	 * arrive, except for an event stream, whose headers arrive before the instance has
	 * done any work: there it must be called with the first bytes of the body. May be
	 * called repeatedly, and has no effect after the end.
	 * @param said the outcome that follows from the status
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
	 * Records the status of the response when the headers arrive. An instance that denies
	 * all requests, such as with 401, 404 or 500, while other instances answer the same
	 * paths well, is ejected: its address may now belong to another service, or its model
	 * may be broken.
	 * @param status the status code
	 * @param method the method of the request
	 * @param target the path of the request, with or without a query
	 */
	public void answering(int status, String method, String target) {
		answering();
		if (this.progress == ANSWERING) {
			this.status = status;
			this.verdict = this.detection.compare(this.state, status, method, target, this.started);
		}
	}

	/**
	 * Returns whether this attempt may be abandoned in favour of an attempt on another
	 * instance, to find out whether other instances respond.
	 * @param waited how long the attempt has waited, in nanoseconds
	 * @param responseTimeout how long the attempt may wait at most, in nanoseconds
	 * @return false if the attempt should keep waiting, such as if another attempt has
	 * been abandoned a short time ago
	 */
	public boolean mayExplore(long waited, long responseTimeout) {
		return this.progress == WAITING && this.detection.mayExplore(this.state, waited, responseTimeout);
	}

	/**
	 * Returns whether the response has begun and the attempt hasn't ended.
	 * @return true from the call of {@link #answering} until the end
	 */
	public boolean isAnswering() {
		return this.progress == ANSWERING;
	}

	/**
	 * Records in words why the attempt is about to fail, for descriptions of the
	 * instance.
	 * @param what the failure, without tokens and without anything that the instance has
	 * sent; null to describe it by the status or the outcome
	 */
	public void failing(@Nullable String what) {
		this.failure = what;
	}

	/**
	 * Ends the attempt.
	 * @param outcome how the attempt ended; {@link Outcome#BROKEN} counts as
	 * {@link Outcome#STALE} if the connection may have been dead before the request
	 * @return false if the attempt had already ended, in which case the call has no
	 * effect
	 */
	public boolean end(Outcome outcome) {
		int before = PROGRESS.getAndSet(this, ENDED);
		if (before == ENDED) {
			return false;
		}
		Outcome meant = (outcome == Outcome.BROKEN && before == WAITING && isStale()) ? Outcome.STALE : outcome;
		this.forgotten = meant == Outcome.STALE && this.quiet;
		boolean denied = this.verdict != Verdict.FINE;
		if (LastFailure.is(meant, this.status, denied)) {
			this.state.recordFailure(LastFailure.of(meant, this.status, this.failure, this.detection.now()));
		}
		this.detection.ended(this.state, meant, this.started, before == ANSWERING, denied, this.forgotten, this.status);
		if (this.load != null) {
			report((counted) -> counted.ended(meant));
		}
		return true;
	}

	/** Lets the algorithm count the load of this attempt, which has just started. */
	void count(RequestLoad request) {
		try {
			this.load = request.start(this.state);
		}
		catch (Throwable ex) {
			log.debug("the load of an attempt on " + instance() + " isn't counted", ex);
		}
	}

	/** Records that the first content of a stream has arrived. */
	public void content() {
		report(AttemptLoad::content);
	}

	/**
	 * Lets the algorithm add headers to the request.
	 * @param request the headers of the request
	 */
	public void requesting(HttpHeaders request) {
		if (this.load != null) {
			report((counted) -> counted.requesting(request::set));
		}
	}

	/**
	 * Passes the headers of a response to the algorithm, unless the response is a stream
	 * of events.
	 * @param response the headers of the response
	 */
	public void responding(HttpHeaders response) {
		if (this.load != null) {
			report((counted) -> counted.responding(response::get));
		}
	}

	/**
	 * Reports progress to the algorithm. The algorithm may be the application's own, so
	 * its exceptions must not affect the attempt.
	 */
	private void report(Consumer<AttemptLoad> progress) {
		AttemptLoad counted = this.load;
		if (counted != null) {
			try {
				progress.accept(counted);
			}
			catch (Throwable ex) {
				log.debug("the load of an attempt on " + instance() + " isn't counted", ex);
			}
		}
	}

	private boolean isStale() {
		ConnectionGuard known = this.connection;
		return known != null && known.isStale();
	}

	/**
	 * Returns whether the attempt has ended because its connection had been dropped while
	 * it was idle, by a device on the way such as a firewall, or by the instance. That
	 * can only happen to a connection that has been idle for at least a second.
	 */
	public boolean isForgotten() {
		return this.forgotten;
	}

	/** Returns whether the instance is ejected now. */
	public boolean isLeftOut() {
		return this.state.isEjected();
	}

	/**
	 * Returns whether the instance was ejected after the attempt started: because of this
	 * attempt, or while it was in flight. The selector could not know this when it picked
	 * the instance.
	 * @return false if the instance isn't ejected, or was ejected before the attempt
	 * started
	 */
	public boolean isOvertakenByEjection() {
		return this.state.ejectionState() instanceof Ejected ejected && this.started - ejected.since() <= 0;
	}

	/**
	 * Returns whether the instance has denied a request that other instances answer, and
	 * is ejected or avoided because of such denials, so that the call should be moved to
	 * another instance.
	 * @return false if the response may be correct
	 */
	public boolean isMisplaced() {
		return this.verdict == Verdict.MISPLACED;
	}

}
