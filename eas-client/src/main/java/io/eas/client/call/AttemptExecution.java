package io.eas.client.call;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.eas.client.EasConnectionException;
import io.eas.client.EasException;
import io.eas.client.EasException.Attempt;
import io.eas.client.EasStatusException;
import io.eas.client.EasTimeoutException;
import io.eas.http.Answer;
import io.eas.http.ConnectionGuard;
import io.eas.instance.EasInstance;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.selection.TrackedAttempt;
import io.netty.util.Timer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.netty.Connection;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClientRequest;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * One attempt of a call on one instance. Knows whether any part of the request may have
 * reached the instance, and for how long the instance has been silent. An attempt ends
 * once: with a response, a failure, a timeout or a cancellation, whichever comes first.
 *
 * <pre>
 *   from       event                                               to
 *   RUNNING    a whole response, a failure, a timeout,             OVER
 *              a cancellation
 *   RUNNING    the first element of a streamed response            STREAMING
 *   STREAMING  the end of the {@link AnswerStream}, which ends the attempt of the instance
 *              itself; this class is no longer involved
 * </pre>
 */
final class AttemptExecution implements CoreSubscriber<Answer> {

	private static final AtomicReferenceFieldUpdater<AttemptExecution, Subscription> SUBSCRIPTION = AtomicReferenceFieldUpdater
		.newUpdater(AttemptExecution.class, Subscription.class, "subscription");

	private static final AtomicIntegerFieldUpdater<AttemptExecution> PHASE = AtomicIntegerFieldUpdater
		.newUpdater(AttemptExecution.class, "phase");

	private static final int RUNNING = 0;

	/**
	 * The time limits of the attempt no longer apply, but it is still in flight on its
	 * instance.
	 */
	private static final int STREAMING = 1;

	private static final int OVER = 2;

	/**
	 * Maximum wait for the body of a response whose status causes a retry, in
	 * milliseconds.
	 */
	private static final long REFUSED_MILLIS = 500;

	/**
	 * Maximum wait for the body of any other error response, which the caller may want to
	 * read, in milliseconds.
	 */
	private static final long ERROR_MILLIS = 2000;

	/** A request up to this size, in bytes, counts as sent as soon as it is written. */
	private static final int SMALL = 16 * 1024;

	private final CallExecution<?> execution;

	private final Call call;

	private final TrackedAttempt tracked;

	private final EasInstance instance;

	private final int number;

	private final Context context;

	@SuppressWarnings("UnusedVariable") // accessed through SUBSCRIPTION
	private volatile @Nullable Subscription subscription;

	@SuppressWarnings("UnusedVariable") // accessed through PHASE
	private volatile int phase;

	private volatile boolean connected;

	private volatile boolean waiting;

	private volatile long waitingSince;

	/**
	 * How long the connection was idle before this request, in nanoseconds; negative for
	 * a new connection.
	 */
	private long idleNanos = -1;

	private boolean answered;

	/** Whether the response is read as a whole. */
	private volatile boolean collecting;

	/** The stream, if the response is read as one. */
	private volatile @Nullable AnswerStream stream;

	AttemptExecution(CallExecution<?> execution, Call call, TrackedAttempt tracked, int number) {
		this.execution = execution;
		this.call = call;
		this.tracked = tracked;
		this.instance = tracked.instance();
		this.number = number;
		this.context = execution.context().put(AttemptExecution.class, this);
	}

	/** Returns the attempt to which a request, or its response, belongs. */
	static AttemptExecution of(ContextView context) {
		return context.get(AttemptExecution.class);
	}

	/** Returns the number of attempts up to the newest one, which may be null. */
	static int count(@Nullable AttemptExecution newest) {
		return (newest != null) ? newest.number : 0;
	}

	EasInstance instance() {
		return this.instance;
	}

	/** Returns the number of the attempt, starting at 1. */
	int number() {
		return this.number;
	}

	Call call() {
		return this.call;
	}

	/** Writes the request to the connection, which has just been acquired. */
	Publisher<Void> write(HttpClientRequest request, NettyOutbound outbound) {
		calls().writeTo(this.call.observer(), request.requestHeaders());
		this.call.writeHeaders(request.requestHeaders());
		this.waitingSince = this.execution.nanoTime();
		ConnectionGuard guard = (request instanceof Connection known) ? ConnectionGuard.of(known.channel()) : null;
		this.idleNanos = (guard != null) ? guard.idleNanos(this.waitingSince) : -1;
		this.tracked.writing(guard, this.idleNanos);
		this.connected = true;
		int length = this.call.body().length();
		this.waiting = length <= SMALL;
		NettyOutbound out = this.call.hasBody() ? outbound.sendObject(this.call.body().buffer()) : outbound;
		return (length <= SMALL) ? out : out.then().doOnSuccess((done) -> recordActivity());
	}

	/** Called when the headers of a response that is read as a whole have arrived. */
	void answering(int status) {
		this.collecting = true;
		recordActivity();
		judge(status);
		this.tracked.answering(Outcomes.of(status, this.call.rules()));
	}

	private void judge(int status) {
		this.tracked.answering(status, this.call.method().name(), this.call.target());
	}

	/** Records that the instance has sent data, or has just received the request. */
	void recordActivity() {
		this.waitingSince = this.execution.nanoTime();
		this.waiting = true;
	}

	/**
	 * Returns how much longer the instance may be silent.
	 * @param now the time
	 * @param silence how long the instance may be silent in total, in nanoseconds
	 * @return nanoseconds; the total while the request has not been sent
	 */
	long remaining(long now, long silence) {
		return this.waiting ? silence - (now - this.waitingSince) : silence;
	}

	/**
	 * Returns how long another connection must have been idle to be considered as dead as
	 * the connection of this attempt, which broke or was silent although it had served a
	 * call before. A device between client and instance may have dropped its state.
	 * @param failure the failure of the attempt, which has not ended yet
	 * @return nanoseconds; negative if the failure says nothing about other connections
	 */
	long staleNanos(EasException failure) {
		boolean unanswered = this.connected && !this.tracked.isAnswering();
		boolean silent = failure instanceof EasTimeoutException timeout && !timeout.isMoved();
		return (unanswered && (silent || failure instanceof EasConnectionException)) ? this.idleNanos : -1;
	}

	/**
	 * Moves the call to another instance, if that is possible and no part of the response
	 * has arrived for too long. May be called by any thread.
	 * @param longest the maximum wait, in nanoseconds
	 */
	void move(long longest) {
		long waited = waited();
		if (waited > longest) {
			try {
				this.execution.move(this, waited);
			}
			catch (Throwable ex) {
				this.execution.broken(ex);
			}
		}
	}

	/**
	 * Returns how long the attempt has waited for the first part of the response, in
	 * nanoseconds. Returns 0 before there is a connection, and after any part has
	 * arrived. The headers of a stream say little: a stream counts as waiting again after
	 * half of the time limit for its first event.
	 */
	long waited() {
		if (this.phase != RUNNING || !this.connected) {
			return 0;
		}
		long waited = this.execution.nanoTime() - this.waitingSince;
		boolean late = this.stream != null && waited > longestSilence() / 2;
		return (late || !this.tracked.isAnswering()) ? waited : 0;
	}

	/**
	 * Ends the attempt because the application stops. Called on the event loop of the
	 * connection.
	 */
	void stop() {
		try {
			AnswerStream stream = this.stream;
			if (stream != null && isStreaming()) {
				EasException reason = this.execution.stopping();
				stream.stop(reason, this.execution.outcome(this, reason));
			}
			else {
				abort(this.execution.stopping());
			}
		}
		catch (Throwable ex) {
			this.execution.broken(ex);
		}
	}

	/** Called when the instance has been silent for too long. */
	void timeOut() {
		boolean event = isStreamed() && !this.collecting;
		String what = this.collecting ? "nothing more of the answer" : "no answer";
		abort(event
				? TimeLimits.exceeded(where(), "no event", this.call.limits().firstEvent(), "first-event-timeout",
						false)
				: TimeLimits.exceeded(where(), what, this.call.limits().response(), "response-timeout", false));
	}

	/**
	 * Returns how long the instance may be silent, in nanoseconds. For a stream this is
	 * the time to its first event, unless the response turns out not to be streamed.
	 */
	long longestSilence() {
		return TimeLimits.nanos(this.collecting ? this.call.limits().response() : this.call.limits().firstEvent());
	}

	/** Ends the attempt with a failure that the network has not reported. */
	void abort(Throwable failure) {
		if (this.execution.failed(this, failure)) {
			Operators.terminate(SUBSCRIPTION, this);
		}
	}

	/**
	 * Ends the attempt because the time limit of the whole call is exceeded.
	 * @param silent whether the silence of the instance is the cause
	 */
	void expire(boolean silent) {
		abort(silent ? Outcome.FAILED : Outcome.CANCELLED);
	}

	/** Ends the attempt because its result is no longer needed. */
	void cancel() {
		abort(Outcome.CANCELLED);
	}

	private void abort(Outcome outcome) {
		if (end(outcome)) {
			Operators.terminate(SUBSCRIPTION, this);
		}
	}

	/**
	 * Ends the attempt.
	 * @return false if the attempt had already ended, or its stream is already with the
	 * caller
	 */
	boolean end(Outcome outcome) {
		return PHASE.compareAndSet(this, RUNNING, OVER) && this.tracked.end(outcome);
	}

	/**
	 * Returns what a failure says about the instance. It says nothing if the connection
	 * was lost before the request could be written, or if the attempt was given up to
	 * find out whether other instances respond.
	 */
	Outcome outcome(EasException failure) {
		if (failure instanceof EasTimeoutException timeout && timeout.isMoved() && !this.tracked.isLeftOut()) {
			return Outcome.CANCELLED;
		}
		if (failure instanceof EasStatusException refusal) {
			return Outcomes.of(refusal.status().value(), this.call.rules());
		}
		Outcome said = Outcomes.of(failure);
		return (said == Outcome.BROKEN && !this.connected) ? Outcome.STALE : said;
	}

	/** Returns what the end of the stream says about the instance. */
	Outcome streamOutcome(EasException failure) {
		return this.execution.outcome(this, failure);
	}

	/** Returns the attempt as recorded for its instance. */
	TrackedAttempt tracked() {
		return this.tracked;
	}

	/** Returns whether the caller reads the response as a stream. */
	boolean isStreamed() {
		return this.execution.takesStreams();
	}

	/** Returns whether the caller ignores the body of a successful response. */
	boolean discardsBody() {
		return this.execution.discardsBody();
	}

	/**
	 * Returns whether a response with this status is not passed to the caller, because
	 * another attempt may follow.
	 */
	boolean refuses(int status) {
		return this.call.rules().idempotent() && this.call.rules().isRefusal(status)
				&& this.number < this.execution.maxAttempts() && !this.execution.takesErrors();
	}

	/**
	 * Returns how long to wait for the body of a response with this status.
	 * @return milliseconds; 0 for no limit
	 */
	long worthOfBody(int status) {
		if (Answer.isSuccess(status) || this.execution.takesErrors()) {
			return 0;
		}
		return refuses(status) ? REFUSED_MILLIS
				: Math.max(1, Math.min(ERROR_MILLIS, this.call.limits().response().toMillis() / 2));
	}

	/** Creates the failure for a response whose body is incomplete. */
	EasException refused(Answer part) {
		return this.execution.status(part);
	}

	/**
	 * Called when the headers of a stream have arrived. The stream counts as a response
	 * only from its first event on.
	 */
	void open(AnswerStream stream) {
		this.answered = true;
		this.stream = stream;
		try {
			judge(stream.report().status());
			this.execution.open(stream);
		}
		catch (Throwable ex) {
			stream.cancel();
			onError(ex);
		}
	}

	/**
	 * Called when the first element of the stream, or the end of an empty stream, has
	 * arrived.
	 * @return false if the attempt had already ended
	 */
	boolean begin() {
		if (!PHASE.compareAndSet(this, RUNNING, STREAMING)) {
			return false;
		}
		this.tracked.answering(Outcome.ANSWERED);
		return true;
	}

	/** Passes the stream to the call. */
	void handOver(AnswerStream stream) {
		try {
			this.execution.streaming(stream);
		}
		catch (Throwable ex) {
			stream.cancel();
			this.execution.broken(ex);
		}
	}

	/** Returns whether the stream has been passed to the caller. */
	boolean isStreaming() {
		return this.phase == STREAMING;
	}

	/** Called when the stream has ended, possibly before the caller has received it. */
	void streamed(Outcome outcome) {
		if (isStreaming()) {
			this.tracked.end(outcome);
		}
	}

	/** Converts a failure into the exception for the call. */
	EasException classify(Throwable failure) {
		return Failures.classify(where(), this.connected, this.tracked.isAnswering(), failure);
	}

	/** Returns the description of the attempt for a failure. */
	Attempt where() {
		return this.execution.where();
	}

	/** Returns the notifier of the call listener. */
	GuardedCalls calls() {
		return this.execution.calls();
	}

	long nanoTime() {
		return this.execution.nanoTime();
	}

	/** Returns the time since the call started, in nanoseconds. */
	long elapsed() {
		return this.execution.elapsed();
	}

	Timer deadlines() {
		return this.execution.deadlines();
	}

	@Override
	public Context currentContext() {
		return this.context;
	}

	@Override
	public void onSubscribe(Subscription upstream) {
		if (Operators.setOnce(SUBSCRIPTION, this, upstream)) {
			upstream.request(Long.MAX_VALUE);
		}
	}

	@Override
	public void onNext(Answer answer) {
		this.answered = true;
		try {
			this.execution.answered(this, answer);
		}
		catch (Throwable ex) {
			this.execution.broken(ex);
		}
	}

	@Override
	public void onError(Throwable failure) {
		try {
			this.execution.failed(this, failure);
		}
		catch (Throwable ex) {
			this.execution.broken(ex);
		}
	}

	@Override
	public void onComplete() {
		if (!this.answered) {
			onError(new IllegalStateException("the attempt ended without an answer"));
		}
	}

}
