package io.eas.client.call;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Predicate;

import io.eas.client.EasCodecException;
import io.eas.client.EasConnectException;
import io.eas.client.EasConnectionException;
import io.eas.client.EasException;
import io.eas.client.EasException.Attempt;
import io.eas.client.EasNoInstanceException;
import io.eas.client.EasStatusException;
import io.eas.client.EasTimeoutException;
import io.eas.client.retry.Retries;
import io.eas.discovery.DiscoveryException;
import io.eas.http.Answer;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.selection.TrackedAttempt;
import io.netty.util.Timer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/**
 * One subscription to a call. It runs the loop of attempts, each on an instance that the
 * call hasn't tried if there is one, until a response arrives, a failure is not to be
 * retried, or the time limit is exceeded.
 *
 * <p>
 * The response to the first attempt, which is the common case, passes through no Reactor
 * operator: this class is the subscription of the caller, and {@link AttemptExecution}
 * subscribes to the network. Operators are used only for waiting.
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

	private final Retries retries;

	private volatile int state;

	/** The newest attempt. */
	private volatile @Nullable AttemptExecution current;

	/** The response that made the newest attempt fail because of its status. */
	private volatile @Nullable Answer refusal;

	/** The previous attempt, if it was given up because it had waited for too long. */
	private volatile @Nullable TrackedAttempt moved;

	private volatile @Nullable Disposable wait;

	/** Whether the subscriber has cancelled. */
	private volatile boolean left;

	CallExecution(ServiceClient client, Call call, ResponseReader<R> reader, CoreSubscriber<? super R> actual) {
		this.client = client;
		this.call = call;
		this.reader = reader;
		this.actual = actual;
		this.retries = new Retries(client.retries(), call.limits().call());
		this.deadline = new Deadline(this, call, client.retries().selector(), client.nanoTime());
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
		if (this.client.refuses() || !this.deadline.start(deadlines())) {
			fail(noInstance(this.client.ending()));
			return;
		}
		this.client.retries().budget().call(this.deadline.started());
		attempt();
	}

	/**
	 * Selects an instance and sends an attempt, or waits for the first list of instances.
	 */
	private void attempt() {
		TrackedAttempt tracked;
		try {
			tracked = this.client.pick(this.retries.avoided(), this.call.hashKey());
		}
		catch (RuntimeException ex) {
			fail(new EasNoInstanceException(where(), "no instance can be picked: " + Failures.text(ex), ex).last());
			return;
		}
		if (tracked == null) {
			await(firstList());
		}
		else {
			attempt(tracked);
		}
	}

	private Mono<Void> firstList() {
		return this.client.firstList()
			.takeUntilOther(this.client.disconnection())
			.onErrorMap(DiscoveryException.class, this::notFound)
			.switchIfEmpty(Mono.error(() -> noInstance(this.client.ending())))
			.then();
	}

	/** Schedules the next attempt for when the given {@code Mono} completes. */
	private void await(Mono<Void> before) {
		Disposable.Swap waiting = Disposables.swap();
		this.wait = waiting;
		this.client.pausing(1);
		waiting.update(before.doFinally((signal) -> this.client.pausing(-1))
			.contextWrite(context())
			.subscribe(null, this::broken, this::goOn));
		if (isOver()) {
			waiting.dispose();
		}
	}

	private void goOn() {
		try {
			attempt();
		}
		catch (Throwable ex) {
			broken(ex);
		}
	}

	private void attempt(TrackedAttempt tracked) {
		AttemptExecution attempt = new AttemptExecution(this, this.call, tracked,
				AttemptExecution.count(this.current) + 1);
		TrackedAttempt before = this.moved;
		if (before != null) {
			tracked.insteadOf(before);
		}
		this.current = attempt;
		this.refusal = null;
		if (isOver()) {
			attempt.cancel();
			return;
		}
		try {
			this.client.send(attempt);
		}
		catch (Throwable ex) {
			attempt.abort(ex);
			Failures.escalate(ex);
		}
	}

	/**
	 * Returns the time by which the budget and the deadlines are measured, in
	 * nanoseconds.
	 */
	long nanoTime() {
		return this.client.nanoTime();
	}

	/** Returns the time since the call started, in nanoseconds. */
	long elapsed() {
		return nanoTime() - this.deadline.started();
	}

	/** Returns the timer that watches the time limits. */
	Timer deadlines() {
		return this.client.deadlines();
	}

	/** Returns the notifier of the call listener. */
	GuardedCalls calls() {
		return this.client.calls();
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

	/** Returns the description of the newest attempt for a failure. */
	Attempt where() {
		return where(this.call.rules()::isRetryable);
	}

	private Attempt where(Predicate<EasException> retryable) {
		AttemptExecution newest = this.current;
		return this.client.attempt((newest != null) ? newest.instance() : null, AttemptExecution.count(newest),
				retryable, this.retries.earlier());
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
			failed(attempt, status(misplaced ? where((any) -> true) : where(), answer), false);
		}
		else {
			this.retries.succeeded();
			succeed(answer, attempt.number());
		}
	}

	/** Creates the failure of a call whose response has an unwanted status. */
	EasStatusException status(Answer answer) {
		return status(where(), answer);
	}

	private EasStatusException status(Attempt where, Answer answer) {
		return new EasStatusException(where, answer, this.call.method().name(), this.call.target());
	}

	/**
	 * Called when an attempt has failed.
	 * @return false if the attempt had already ended
	 */
	boolean failed(AttemptExecution attempt, Throwable cause) {
		EasException failure = attempt.classify(cause);
		Outcome outcome = outcome(attempt, failure);
		long stale = attempt.staleNanos(failure);
		if (!attempt.end(outcome)) {
			return false;
		}
		boolean given = failure instanceof EasTimeoutException timeout && timeout.isMoved();
		this.moved = given ? attempt.tracked() : null;
		if (stale >= 0) {
			this.client.closeStale(attempt.instance(), stale);
		}
		failed(attempt, failure, outcome == Outcome.UNREACHABLE);
		return true;
	}

	/**
	 * Moves the call to another instance because an attempt has waited for too long. The
	 * attempt is given up only if the next one is certain to be allowed: losing the call
	 * would be worse than waiting longer.
	 */
	void move(AttemptExecution attempt, long waited) {
		EasException failure = EasTimeoutException.moved(where(), TimeUnit.NANOSECONDS.toMillis(waited));
		if (!this.client.isDisconnected() && this.client.isElsewhereUsable(attempt.instance(), this.retries.earlier())
				&& this.retries.reserve(failure, this.deadline.started())) {
			attempt.abort(failure);
		}
	}

	/**
	 * Returns what a failure says about the instance. It says nothing if the client
	 * itself is closing the connections.
	 */
	Outcome outcome(AttemptExecution attempt, EasException failure) {
		return this.client.isDisconnected() ? Outcome.CANCELLED : attempt.outcome(failure);
	}

	/** Returns whether the caller accepts responses of any status. */
	boolean takesErrors() {
		return this.reader.takesErrors();
	}

	/** Returns the maximum number of attempts of the call. */
	int maxAttempts() {
		return this.client.retries().maxAttempts();
	}

	/** Returns whether the caller reads the response as a stream. */
	boolean takesStreams() {
		return this.reader.takesStreams();
	}

	/** Returns whether the caller ignores the body of a successful response. */
	boolean discardsBody() {
		return this.reader.discardsBody();
	}

	/**
	 * Called when an attempt has the headers of a streamed response, which may turn out
	 * to have no element.
	 */
	void open(AnswerStream stream) {
		this.reader.open(stream);
	}

	/**
	 * Called when the first element of a stream, or the end of an empty one, has arrived.
	 * The call then ends.
	 */
	void streaming(AnswerStream stream) {
		this.retries.succeeded();
		if (!close()) {
			stream.cancel();
			return;
		}
		try {
			this.actual.onNext(this.reader.stream(stream));
			this.actual.onComplete();
		}
		catch (Throwable ex) {
			stream.cancel();
			thrown(ex);
		}
	}

	/**
	 * Continues after an attempt that failed and has ended. An attempt that got no
	 * connection is unreachable.
	 */
	private void failed(AttemptExecution attempt, EasException failure, boolean unreachable) {
		if (this.client.isDisconnected()) {
			this.retries.giveUp(failure, attempt.instance());
			fail(stopping(failure).last());
			return;
		}
		long pause = this.retries.pauseAfter(failure, attempt.tracked(), unreachable, this.deadline.started());
		if (pause < 0) {
			fail(failure.last(conclusion(attempt, failure)));
		}
		else if (pause == 0) {
			attempt();
		}
		else {
			await(pause(failure, pause));
		}
	}

	/** Returns why the call is not retried although it has attempts left. */
	private @Nullable String conclusion(AttemptExecution attempt, EasException failure) {
		String known = this.retries.conclusion();
		return (known != null || attempt.number() >= maxAttempts()) ? known : this.call.rules().whyNotRetried(failure);
	}

	private Mono<Void> pause(EasException failure, long millis) {
		return Mono.delay(Duration.ofMillis(millis), this.client.timer())
			.takeUntilOther(this.client.disconnection())
			.switchIfEmpty(Mono.error(failure::last))
			.then();
	}

	/** Returns the reason for ending an attempt when the client stops. */
	EasException stopping() {
		return new EasConnectionException(where(), this.client.ending(), null);
	}

	/**
	 * Returns the failure of a call whose connection was closed, or could not be opened,
	 * because the client stops.
	 */
	private EasException stopping(EasException failure) {
		if (failure instanceof EasConnectException) {
			return new EasConnectException(where(), this.client.ending(), null);
		}
		return (failure instanceof EasConnectionException) ? stopping() : failure;
	}

	/**
	 * Called when the timer has been stopped: nothing would watch the time limits any
	 * longer, so the call might never end.
	 */
	void stopped() {
		fail(noInstance(this.client.ending()).last());
	}

	/** Called when the time limit of the whole call is exceeded. */
	void timedOut() {
		TimeLimits limits = this.call.limits();
		boolean stream = limits.call().equals(limits.stream());
		String limit = (takesStreams() ? "no event within " : "no answer within ") + limits.call().toMillis()
				+ " ms, the time of the whole "
				+ (stream ? "stream (http.stream-timeout)" : "call (http.request-timeout)");
		fail((this.current != null) ? new EasTimeoutException(where(), limit, null, true).last()
				: noInstance(limit + "; no instance is known: " + this.client.lastFailure()));
	}

	private EasException notFound(DiscoveryException failure) {
		return noInstance("no instance is known: " + failure.getMessage()).last();
	}

	private EasException noInstance(String reason) {
		return new EasNoInstanceException(where(), reason, null);
	}

	/**
	 * Codecs, and the types that they create, are foreign code and may throw anything.
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
			fail(Failures.unreadable(where(), "the answer can't be read: ", ex));
			Failures.escalate(ex);
			return;
		}
		if (end()) {
			calls().answered(this.call.observer(), answer.status(), answer.instance(), attempts);
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
			fail(((this.current != null) ? new EasCodecException(where(), reason, failure)
					: new EasNoInstanceException(where(), reason, failure))
				.last());
		}
		Failures.escalate(failure);
	}

	private void fail(EasException failure) {
		AttemptExecution newest = this.current;
		Answer answer = this.refusal;
		if (newest != null && answer != null && this.reader.takesErrors() && failure instanceof EasStatusException) {
			succeed(answer, newest.number());
		}
		else if (end()) {
			calls().failed(this.call.observer(), failure, AttemptExecution.count(newest));
			tell(failure);
		}
	}

	/**
	 * A subscriber may take a long time, so it is never notified on a
	 * {@link SharedThread}.
	 */
	private void tell(EasException failure) {
		if (!(Thread.currentThread() instanceof SharedThread)) {
			this.actual.onError(failure);
			return;
		}
		try {
			Schedulers.boundedElastic().schedule(() -> {
				if (!this.left) {
					this.actual.onError(failure);
				}
			});
		}
		catch (RejectedExecutionException ex) {
			// the application has shut down its schedulers
			this.actual.onError(failure);
		}
	}

	@Override
	public void cancel() {
		this.left = true;
		if (end()) {
			calls().cancelled(this.call.observer(), 0, null, AttemptExecution.count(this.current));
		}
	}

	/**
	 * Ends the call with everything that is running. Only the first invocation returns
	 * true; its caller must notify the subscriber.
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

	/** Ends waiting and the time limits. Only the first invocation returns true. */
	private boolean close() {
		if (STATE.getAndSet(this, OVER) == OVER) {
			return false;
		}
		this.deadline.cancel();
		Disposable waiting = this.wait;
		if (waiting != null) {
			waiting.dispose();
		}
		return true;
	}

}
