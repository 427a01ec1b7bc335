package io.eas.client.call;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.eas.client.EasCodecException;
import io.eas.client.EasException;
import io.eas.client.EasStatusException;
import io.eas.http.Answer;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.selection.TrackedAttempt;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * One subscription to a call. It runs one attempt after another, until a response
 * arrives, a failure must not be retried, or the time limit is exceeded. Each attempt
 * goes to an instance that the call hasn't tried yet, if there is one. If an attempt
 * fails, or the call has to wait, the {@link Failover} decides how the call continues. A
 * call that is answered at its first attempt has no {@link Failover}.
 *
 * <p>
 * The response to the first attempt, which is the common case, passes through no Reactor
 * operator: this class is the subscription of the caller, and {@link AttemptExecution}
 * subscribes to the network. Operators are used only for waiting.
 *
 * <pre>
 *   from     event                                                to
 *   NEW      the first request                                    RUNNING
 *   RUNNING  no token or list yet; a pause before a retry         RUNNING, after a wait
 *   RUNNING  an answer, a failure that isn't retried, a timeout,  OVER, and the subscriber is told
 *            the first element of a stream
 *   any      the subscriber cancels                               OVER
 * </pre>
 *
 * @param <R> the type of the value for the caller
 */
final class CallExecution<R> implements Subscription {

	@SuppressWarnings("rawtypes") // a class literal can't have type arguments
	private static final AtomicIntegerFieldUpdater<CallExecution> STATE = AtomicIntegerFieldUpdater
		.newUpdater(CallExecution.class, "state");

	private static final int NEW = 0;

	private static final int RUNNING = 1;

	private static final int OVER = 2;

	private final ServiceClient client;

	private final Call call;

	private final ResponseReader<R> reader;

	private final CoreSubscriber<? super R> actual;

	private final Deadline deadline;

	private volatile int state;

	/** The newest attempt. */
	private volatile @Nullable AttemptExecution current;

	/**
	 * Decides how the call continues after a failure or a wait; null until it is needed.
	 */
	private volatile @Nullable Failover failover;

	/** The response whose status made the newest attempt fail. */
	private volatile @Nullable Answer refusal;

	/** Whether the subscriber has cancelled. */
	private volatile boolean left;

	CallExecution(Call call, ResponseReader<R> reader, CoreSubscriber<? super R> actual) {
		this.client = call.client();
		this.call = call;
		this.reader = reader;
		this.actual = actual;
		this.deadline = new Deadline(this, call);
	}

	/** Starts the call on the first request. */
	@Override
	public void request(long n) {
		if (Operators.validate(n) && STATE.compareAndSet(this, NEW, RUNNING)) {
			try {
				run();
			}
			catch (Throwable ex) {
				broken(ex);
			}
		}
	}

	private void run() {
		if (this.client.admission().refuses() || !this.deadline.start(this.client.deadlines())) {
			fail(failover().stopped());
			return;
		}
		this.call.retries().budget().call(this.call.started());
		Mono<Void> token = this.call.policy().pendingToken();
		if (token != null) {
			failover().awaitToken(token);
			return;
		}
		attempt();
	}

	/**
	 * Selects an instance and sends an attempt, or waits for the first list of instances.
	 */
	void attempt() {
		Failover known = this.failover;
		TrackedAttempt tracked;
		try {
			tracked = this.client.pick((known != null) ? known.avoided() : TriedInstances.none(), this.call);
		}
		catch (RuntimeException ex) {
			fail(failover().noInstance("no instance can be picked: " + Failures.text(ex), ex).last());
			return;
		}
		if (tracked == null) {
			failover().awaitFirstList();
			return;
		}
		if (known != null) {
			known.follows(tracked);
		}
		send(new AttemptExecution(this, this.call, tracked, AttemptExecution.count(this.current) + 1));
	}

	private void send(AttemptExecution attempt) {
		this.current = attempt;
		this.refusal = null;
		if (isOver()) {
			attempt.cancel();
			return;
		}
		try {
			this.client.transport().send(attempt);
		}
		catch (Throwable ex) {
			attempt.abort(ex);
			Failures.escalate(ex);
		}
	}

	/** Called when an attempt has received its whole response. */
	void answered(AttemptExecution attempt, Answer answer) {
		if (!attempt.end(Outcomes.of(answer.status(), this.call.rules()))) {
			return;
		}
		boolean misplaced = attempt.tracked().isMisplaced() && this.call.rules().idempotent()
				&& this.call.rules().retriesStatuses();
		if (misplaced || this.call.rules().isRefusal(answer.status())) {
			this.refusal = answer;
			failover().refused(attempt, answer, misplaced);
		}
		else {
			succeeded();
			succeed(answer, attempt.number());
		}
	}

	private void succeeded() {
		Failover known = this.failover;
		if (known != null) {
			known.succeeded();
		}
		else {
			this.call.retries().succeeded();
		}
	}

	/**
	 * Called when the first element of a stream, or the end of an empty one, has arrived.
	 * The call then ends.
	 */
	void streaming(AnswerStream stream) {
		succeeded();
		if (!close()) {
			stream.cancel();
			return;
		}
		R value;
		try {
			value = this.reader.stream(stream);
		}
		catch (Throwable ex) {
			EasException failure = stream.unreadable(ex);
			stream.report().failed(failure);
			stream.cancel();
			this.actual.onError(failure);
			Failures.escalate(ex);
			return;
		}
		try {
			this.actual.onNext(value);
			this.actual.onComplete();
		}
		catch (Throwable ex) {
			stream.leave();
			thrown(ex);
		}
	}

	/**
	 * Reads the response for the caller and notifies the caller. Codecs, and the types
	 * that they create, are foreign code and may throw any exception.
	 */
	private void succeed(Answer answer, int attempts) {
		@Nullable R value;
		try {
			value = this.reader.read(answer, attempts, this);
		}
		catch (EasException ex) {
			fail(ex);
			return;
		}
		catch (Throwable ex) {
			fail(Failures.unreadable(failover().where(), "the answer can't be read: ", ex));
			Failures.escalate(ex);
			return;
		}
		if (end()) {
			this.client.calls().answered(this.call.observer(), answer.status(), answer.instance(), attempts);
			emit(value);
		}
	}

	private void emit(@Nullable R value) {
		try {
			if (value != null) {
				this.actual.onNext(value);
			}
			this.actual.onComplete();
		}
		catch (Throwable ex) {
			thrown(ex);
		}
	}

	/**
	 * Called when the subscriber has thrown an exception that Reactor's operators don't
	 * catch, such as a {@link LinkageError} of its own code. Subscribers further
	 * downstream must still be notified.
	 */
	private void thrown(Throwable failure) {
		this.actual.onError(failure);
		Failures.escalate(failure);
	}

	/**
	 * Returns the failover of this call, which is created when it is first needed.
	 * Thread-safe.
	 */
	synchronized Failover failover() {
		Failover known = this.failover;
		if (known == null) {
			known = new Failover(this, this.call);
			this.failover = known;
		}
		return known;
	}

	boolean isOver() {
		return this.state == OVER;
	}

	Context context() {
		return this.actual.currentContext();
	}

	/** Returns the newest attempt, or null before the first. */
	@Nullable AttemptExecution current() {
		return this.current;
	}

	/**
	 * Last resort for unexpected failures. Notifies the subscriber unless the call has
	 * already ended.
	 */
	void broken(Throwable failure) {
		if (failure instanceof EasException known) {
			fail(known);
		}
		else if (isOver()) {
			Operators.onErrorDropped(failure, context());
		}
		else {
			String reason = "the call can't go on: " + Failures.text(failure);
			fail(((this.current != null) ? new EasCodecException(failover().where(), reason, failure)
					: failover().noInstance(reason, failure))
				.last());
		}
		Failures.escalate(failure);
	}

	/**
	 * Ends the call with a failure, unless the failure is an error response that the
	 * caller accepts.
	 */
	void fail(EasException failure) {
		AttemptExecution newest = this.current;
		Answer answer = this.refusal;
		if (newest != null && answer != null && this.reader.takesErrors() && failure instanceof EasStatusException) {
			succeed(answer, newest.number());
		}
		else if (end()) {
			this.client.calls().failed(this.call.observer(), failure, AttemptExecution.count(newest));
			SharedThread.leave(() -> tell(failure));
		}
	}

	private void tell(EasException failure) {
		if (!this.left) {
			this.actual.onError(failure);
		}
	}

	@Override
	public void cancel() {
		this.left = true;
		if (end()) {
			this.client.calls().cancelled(this.call.observer(), 0, null, AttemptExecution.count(this.current));
		}
	}

	/**
	 * Ends the call, its running attempt, its time limits and any wait. Only the first
	 * invocation returns true; its caller must notify the subscriber.
	 */
	private boolean end() {
		if (!close()) {
			return false;
		}
		AttemptExecution newest = this.current;
		try {
			if (newest != null) {
				newest.cancel();
			}
		}
		catch (Throwable ex) {
			Operators.onErrorDropped(ex, context());
		}
		return true;
	}

	/** Ends the time limits and any wait. Only the first invocation returns true. */
	private boolean close() {
		if (STATE.getAndSet(this, OVER) == OVER) {
			return false;
		}
		this.deadline.cancel();
		Failover known = this.failover;
		if (known != null) {
			known.stopWaiting();
		}
		return true;
	}

}
