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
 * One attempt of a call on one instance. Knows whether anything can have reached the
 * instance, and for how long it has been silent. Ends once: with an answer, a failure, a
 * time-out or a cancellation, whichever comes first.
 *
 * <pre>
 *   from       by                                                 to
 *   RUNNING    a whole answer, a failure, a limit of time,        OVER
 *              a cancellation
 *   RUNNING    the first element of an answer that is streamed    STREAMING
 *   STREAMING  the end of the {@link AnswerStream}, which ends the instance's attempt
 *              itself; this takes no part in it any more
 * </pre>
 */
final class AttemptExecution implements CoreSubscriber<Answer> {

	private static final AtomicReferenceFieldUpdater<AttemptExecution, Subscription> SUBSCRIPTION = AtomicReferenceFieldUpdater
		.newUpdater(AttemptExecution.class, Subscription.class, "subscription");

	private static final AtomicIntegerFieldUpdater<AttemptExecution> PHASE = AtomicIntegerFieldUpdater
		.newUpdater(AttemptExecution.class, "phase");

	private static final int RUNNING = 0;

	/** Its time limits are over, its instance has the attempt in flight. */
	private static final int STREAMING = 1;

	private static final int OVER = 2;

	/** So long the body of an answer that isn't taken is waited for. */
	private static final long REFUSED_MILLIS = 500;

	/** So long that of any other error, at most, which the caller may want to read. */
	private static final long ERROR_MILLIS = 2000;

	/** A request up to this size counts as sent once it is written. */
	private static final int SMALL = 16 * 1024;

	private final CallExecution<?> execution;

	private final Call call;

	private final TrackedAttempt tracked;

	private final EasInstance instance;

	private final int number;

	private final Context context;

	@SuppressWarnings("UnusedVariable") // through SUBSCRIPTION
	private volatile @Nullable Subscription subscription;

	@SuppressWarnings("UnusedVariable") // through PHASE
	private volatile int phase;

	private volatile boolean connected;

	private volatile boolean waiting;

	private volatile long waitingSince;

	/** How long its connection was idle before; less than 0 for a new one. */
	private long idleNanos = -1;

	private boolean answered;

	/** Whether the answer is being read to its end. */
	private volatile boolean collecting;

	/** What the answer is read as, if it is while it comes. */
	private volatile @Nullable AnswerStream stream;

	AttemptExecution(CallExecution<?> execution, Call call, TrackedAttempt tracked, int number) {
		this.execution = execution;
		this.call = call;
		this.tracked = tracked;
		this.instance = tracked.instance();
		this.number = number;
		this.context = execution.context().put(AttemptExecution.class, this);
	}

	/** The attempt that a request, or the answer to it, belongs to. */
	static AttemptExecution of(ContextView context) {
		return context.get(AttemptExecution.class);
	}

	/** How many attempts there were until the newest one, which there may not be yet. */
	static int count(@Nullable AttemptExecution newest) {
		return (newest != null) ? newest.number : 0;
	}

	EasInstance instance() {
		return this.instance;
	}

	/** Which attempt it is, from 1 on. */
	int number() {
		return this.number;
	}

	Call call() {
		return this.call;
	}

	/** Writes the request, now that there is a connection. */
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

	/** The headers of an answer are there, which is going to be read to its end. */
	void answering(int status) {
		this.collecting = true;
		recordActivity();
		judge(status);
		this.tracked.answering(Outcomes.of(status, this.call.rules()));
	}

	private void judge(int status) {
		this.tracked.answering(status, this.call.method().name(), this.call.target());
	}

	/** The instance has shown a sign of life, or has just got its request. */
	void recordActivity() {
		this.waitingSince = this.execution.nanoTime();
		this.waiting = true;
	}

	/**
	 * How much longer the instance may be silent.
	 * @param now the time
	 * @param silence for how long it may be in all
	 * @return nanoseconds, all of it while it hasn't got its request
	 */
	long remaining(long now, long silence) {
		return this.waiting ? silence - (now - this.waitingSince) : silence;
	}

	/**
	 * How long a connection need have been idle to be as useless as this attempt's, which
	 * broke or was silent though it had served a call before: whatever lies between may
	 * have forgotten it.
	 * @param failure how the attempt failed, while it isn't over
	 * @return nanoseconds, less than 0 if it says nothing of other connections
	 */
	long staleNanos(EasException failure) {
		boolean unanswered = this.connected && !this.tracked.isAnswering();
		boolean silent = failure instanceof EasTimeoutException timeout && !timeout.isMoved();
		return (unanswered && (silent || failure instanceof EasConnectionException)) ? this.idleNanos : -1;
	}

	/**
	 * Goes on at another instance, if that is possible and nothing of the answer has come
	 * for too long. By any thread.
	 * @param longest the longest wait, in nanoseconds
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
	 * For how long nothing of the answer has come, in nanoseconds; 0 before there is a
	 * connection, and once anything has come. Of a stream the headers say little: it
	 * counts as waiting again once half of the time to its first event is over.
	 */
	long waited() {
		if (this.phase != RUNNING || !this.connected) {
			return 0;
		}
		long waited = this.execution.nanoTime() - this.waitingSince;
		boolean late = this.stream != null && waited > longestSilence() / 2;
		return (late || !this.tracked.isAnswering()) ? waited : 0;
	}

	/** It ends with the application. By the event loop of its connection. */
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

	/** The instance has been silent for too long. */
	void timeOut() {
		boolean event = isStreamed() && !this.collecting;
		String what = this.collecting ? "nothing more of the answer" : "no answer";
		abort(event
				? TimeLimits.exceeded(where(), "no event", this.call.limits().firstEvent(), "first-event-timeout",
						false)
				: TimeLimits.exceeded(where(), what, this.call.limits().response(), "response-timeout", false));
	}

	/**
	 * For how long its instance may be silent: of a stream until its first event, unless
	 * the answer turns out to be none that is streamed.
	 */
	long longestSilence() {
		return TimeLimits.nanos(this.collecting ? this.call.limits().response() : this.call.limits().firstEvent());
	}

	/** It has failed, and the network hasn't said so. */
	void abort(Throwable failure) {
		if (this.execution.failed(this, failure)) {
			Operators.terminate(SUBSCRIPTION, this);
		}
	}

	/**
	 * The time of the whole call is over.
	 * @param silent whether it is the instance's silence that took it
	 */
	void expire(boolean silent) {
		abort(silent ? Outcome.FAILED : Outcome.CANCELLED);
	}

	/** Nobody wants to know any more. */
	void cancel() {
		abort(Outcome.CANCELLED);
	}

	private void abort(Outcome outcome) {
		if (end(outcome)) {
			Operators.terminate(SUBSCRIPTION, this);
		}
	}

	/**
	 * Ends it.
	 * @return false if it was over, or its answer is on its way to the caller
	 */
	boolean end(Outcome outcome) {
		return PHASE.compareAndSet(this, RUNNING, OVER) && this.tracked.end(outcome);
	}

	/**
	 * What a failure says about the instance: nothing if the connection was lost before
	 * the request could be written to it, nor if the attempt was given up to find out
	 * whether others answer.
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

	/** What the end of its stream says about the instance. */
	Outcome streamOutcome(EasException failure) {
		return this.execution.outcome(this, failure);
	}

	/** The attempt as it counts for its instance. */
	TrackedAttempt tracked() {
		return this.tracked;
	}

	/** Whether the caller wants the answer while it comes. */
	boolean isStreamed() {
		return this.execution.takesStreams();
	}

	/** Whether the caller has no use for the body of a good answer. */
	boolean discardsBody() {
		return this.execution.discardsBody();
	}

	/**
	 * Whether the call may go on elsewhere after an answer with that status, and its
	 * caller doesn't take it in the end.
	 */
	boolean refuses(int status) {
		return this.call.rules().idempotent() && this.call.rules().isRefusal(status)
				&& this.number < this.execution.maxAttempts() && !this.execution.takesErrors();
	}

	/**
	 * How long the body of an answer with that status is worth waiting for.
	 * @return milliseconds, 0 for as long as it takes
	 */
	long worthOfBody(int status) {
		if (Answer.isSuccess(status) || this.execution.takesErrors()) {
			return 0;
		}
		return refuses(status) ? REFUSED_MILLIS
				: Math.max(1, Math.min(ERROR_MILLIS, this.call.limits().response().toMillis() / 2));
	}

	/** What the attempt fails with for an answer that isn't all there. */
	EasException refused(Answer part) {
		return this.execution.status(part);
	}

	/**
	 * The headers of a stream are there. It counts as an answer from its first event on.
	 */
	void open(AnswerStream stream) {
		this.answered = true;
		this.stream = stream;
		try {
			judge(stream.report().status());
			this.execution.open(stream);
		}
		catch (Throwable ex) {
			stream.abandon();
			onError(ex);
		}
	}

	/**
	 * The first element of its stream is there, or the end without one.
	 * @return false if it was over
	 */
	boolean begin() {
		if (!PHASE.compareAndSet(this, RUNNING, STREAMING)) {
			return false;
		}
		this.tracked.answering(Outcome.ANSWERED);
		return true;
	}

	/** Hands the stream to the call. */
	void handOver(AnswerStream stream) {
		try {
			this.execution.streaming(stream);
		}
		catch (Throwable ex) {
			stream.abandon();
			this.execution.broken(ex);
		}
	}

	/** Whether the caller has its stream. */
	boolean isStreaming() {
		return this.phase == STREAMING;
	}

	/** The stream has come to its end, be it before the caller has got it. */
	void streamed(Outcome outcome) {
		if (isStreaming()) {
			this.tracked.end(outcome);
		}
	}

	/** Names what failed, for its call. */
	EasException classify(Throwable failure) {
		return Failures.classify(where(), this.connected, this.tracked.isAnswering(), failure);
	}

	/** Where the call is, for people. */
	Attempt where() {
		return this.execution.where();
	}

	/** Hears of calls. */
	GuardedCalls calls() {
		return this.execution.calls();
	}

	long nanoTime() {
		return this.execution.nanoTime();
	}

	/** How long the call has taken until now, in nanoseconds. */
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
