package io.eas.client.call;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

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
import io.eas.instance.EasInstance;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.selection.InstanceSelector;
import io.eas.loadbalancer.selection.TrackedAttempt;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Decides how a call continues when it has no token or no list of instances, or when an
 * attempt has failed or has waited for too long. Without a token or a list, the call
 * waits for the first one. After an attempt, the call tries another instance, at once or
 * after a pause, or it ends. A failover is created on demand, because almost no call
 * needs it.
 *
 * <p>
 * {@link #failed} and {@link #move} may be called by any thread. Exactly one thread ends
 * an attempt, and this thread continues the call.
 */
final class Failover {

	private final CallExecution<?> execution;

	private final Call call;

	private final ServiceClient client;

	private final Retries retries;

	/** The previous attempt, if it was given up because it had waited for too long. */
	private volatile @Nullable TrackedAttempt moved;

	private volatile @Nullable Disposable wait;

	Failover(CallExecution<?> execution, Call call) {
		this.execution = execution;
		this.call = call;
		this.client = call.client();
		this.retries = new Retries(call.retries(), call.limits().call());
	}

	/** Returns the instances that the next attempt avoids. */
	TriedInstances avoided() {
		return this.retries.avoided();
	}

	/** Called before the next attempt is sent. */
	void follows(TrackedAttempt next) {
		TrackedAttempt before = this.moved;
		if (before != null) {
			next.insteadOf(before);
		}
	}

	/** Called when the call has received its response after a failure or a wait. */
	void succeeded() {
		this.retries.succeeded();
	}

	/**
	 * Waits for the first token. Each waiting call then continues on a worker thread,
	 * which signs the request. Otherwise all these calls would continue one after the
	 * other, on the thread of the supplier or on an event loop.
	 * @param token completes once there is a token
	 */
	void awaitToken(Mono<Void> token) {
		await(token.thenReturn(true)
			.takeUntilOther(this.client.admission().disconnection())
			.switchIfEmpty(Mono.error(this::stopped))
			.publishOn(Schedulers.boundedElastic())
			.doOnNext((known) -> sign())
			.then());
	}

	/** Has the request signed. The signature is kept for all attempts. */
	private void sign() {
		this.call.credentials().writeTo(new DefaultHttpHeaders());
	}

	/** Waits for the first list of instances. */
	void awaitFirstList() {
		await(this.client.firstList()
			.takeUntilOther(this.client.admission().disconnection())
			.onErrorMap(DiscoveryException.class,
					(failure) -> noInstance("no instance is known: " + failure.getMessage(), null).last())
			.switchIfEmpty(Mono.error(this::stopped))
			.then());
	}

	/** Makes the next attempt when the given {@code Mono} completes. */
	private void await(Mono<Void> before) {
		Disposable.Swap waiting = Disposables.swap();
		this.wait = waiting;
		this.client.pausing(1);
		waiting.update(before.doFinally((signal) -> this.client.pausing(-1))
			.contextWrite(this.execution.context())
			.subscribe(null, this.execution::broken, this::goOn));
		if (this.execution.isOver()) {
			waiting.dispose();
		}
	}

	private void goOn() {
		try {
			this.execution.attempt();
		}
		catch (Throwable ex) {
			this.execution.broken(ex);
		}
	}

	/** Called when the call is over. */
	void stopWaiting() {
		Disposable waiting = this.wait;
		if (waiting != null) {
			waiting.dispose();
		}
	}

	/**
	 * Continues the call after a response that is not passed to the caller because of its
	 * status.
	 * @param misplaced whether the instance rejects a request that other instances
	 * answer, so that any failure may be retried
	 */
	void refused(AttemptExecution attempt, Answer answer, boolean misplaced) {
		after(attempt, status(misplaced ? where((any) -> true) : where(), answer), false);
	}

	/**
	 * Called when an attempt has failed.
	 * @return false if the attempt had already ended
	 */
	boolean failed(AttemptExecution attempt, Throwable cause) {
		EasException failure = classify(attempt, cause);
		Outcome outcome = outcome(attempt, failure);
		long stale = staleNanos(attempt, failure);
		attempt.tracked().failing(Failures.brief(failure));
		if (!attempt.end(outcome)) {
			return false;
		}
		boolean given = failure instanceof EasTimeoutException timeout && timeout.isMoved();
		this.moved = given ? attempt.tracked() : null;
		if (stale >= 0) {
			this.client.transport().closeStale(attempt.instance(), stale);
		}
		after(attempt, failure, outcome == Outcome.UNREACHABLE);
		return true;
	}

	/** Converts a failure of an attempt into the exception for the call. */
	EasException classify(AttemptExecution attempt, Throwable failure) {
		return Failures.classify(where(), attempt.isConnected(), attempt.tracked().isAnswering(), failure);
	}

	/**
	 * Returns the outcome for the instance when an attempt fails. The failure says
	 * nothing about the instance if the client itself is closing the connections, if the
	 * connection was lost before the request could be written, or if the attempt was
	 * given up to find out whether other instances respond.
	 */
	Outcome outcome(AttemptExecution attempt, EasException failure) {
		if (this.client.admission().isDisconnected()) {
			return Outcome.CANCELLED;
		}
		if (failure instanceof EasTimeoutException timeout && timeout.isMoved() && !attempt.tracked().isLeftOut()) {
			return Outcome.CANCELLED;
		}
		if (failure instanceof EasStatusException refusal) {
			return Outcomes.of(refusal.status().value(), this.call.rules());
		}
		Outcome said = Outcomes.of(failure);
		return (said == Outcome.BROKEN && !attempt.isConnected()) ? Outcome.STALE : said;
	}

	/**
	 * Returns how long the connection of the attempt had been idle before the request, if
	 * the connection had served an earlier call and then broke or stayed silent. A device
	 * between the client and the instance may have dropped the state of such a
	 * connection. Other connections that have been idle equally long may be dead for the
	 * same reason.
	 * @return nanoseconds; negative if the failure says nothing about other connections
	 */
	private static long staleNanos(AttemptExecution attempt, EasException failure) {
		boolean unanswered = attempt.isConnected() && !attempt.tracked().isAnswering();
		boolean silent = failure instanceof EasTimeoutException timeout && !timeout.isMoved();
		return (unanswered && (silent || failure instanceof EasConnectionException)) ? attempt.idleNanos() : -1;
	}

	/** Continues the call after an attempt that has ended. */
	private void after(AttemptExecution attempt, EasException failure, boolean unreachable) {
		if (this.client.admission().isDisconnected()) {
			this.retries.giveUp(failure, attempt.instance());
			this.execution.fail(stopping(failure).last());
			return;
		}
		long pause = this.retries.pauseAfter(failure, attempt.tracked(), unreachable, this.call.started());
		if (pause < 0) {
			this.execution.fail(failure.last(conclusion(attempt, failure)));
		}
		else if (pause == 0) {
			this.execution.attempt();
		}
		else {
			await(pause(failure, pause));
		}
	}

	/** Returns why the call is not retried although it has attempts left. */
	private @Nullable String conclusion(AttemptExecution attempt, EasException failure) {
		String known = this.retries.conclusion();
		boolean last = attempt.number() >= this.call.maxAttempts();
		return (known != null || last) ? known : this.call.rules().whyNotRetried(failure);
	}

	private Mono<Void> pause(EasException failure, long millis) {
		return Mono.delay(Duration.ofMillis(millis), this.client.timer())
			.takeUntilOther(this.client.admission().disconnection())
			.switchIfEmpty(Mono.error(failure::last))
			.then();
	}

	/**
	 * Returns the failure of a call whose connection was closed, or could not be opened,
	 * because the client stops.
	 */
	private EasException stopping(EasException failure) {
		if (failure instanceof EasConnectException) {
			return new EasConnectException(where(), this.client.admission().ending(), null);
		}
		return (failure instanceof EasConnectionException) ? stopping() : failure;
	}

	/** Returns the failure of an attempt that is ended because the client stops. */
	EasException stopping() {
		return new EasConnectionException(where(), this.client.admission().ending(), null);
	}

	/**
	 * Moves the call to another instance because an attempt has waited for too long. The
	 * attempt is given up only if another attempt is certainly allowed: a failed call
	 * would be worse than a longer wait.
	 * @param waited how long the attempt has waited, in nanoseconds
	 */
	void move(AttemptExecution attempt, long waited) {
		EasException failure = EasTimeoutException.moved(where(), TimeUnit.NANOSECONDS.toMillis(waited));
		if (!this.client.admission().isDisconnected() && isElsewhereUsable(attempt.instance())
				&& this.retries.reserve(failure, this.call.started())) {
			attempt.abort(failure);
		}
	}

	/**
	 * Returns whether the call can move to an instance that it hasn't tried and that is
	 * not ejected. If the current instance is not ejected itself, an instance that is
	 * ejected only on suspicion is also accepted.
	 */
	private boolean isElsewhereUsable(EasInstance instance) {
		InstanceSelector selector = this.call.retries().selector();
		TriedInstances tried = new TriedInstances();
		tried.add(instance);
		for (EasException failure : this.retries.earlier()) {
			EasInstance before = failure.instance();
			if (before != null) {
				tried.add(before);
			}
		}
		return selector.hasLive(tried) || (selector.ejectionCause(instance) == null && selector.hasDoubted(tried));
	}

	/** Returns the description of the newest attempt for a failure. */
	Attempt where() {
		return where(this.call.rules()::isRetryable);
	}

	private Attempt where(Predicate<EasException> retryable) {
		AttemptExecution newest = this.execution.current();
		return this.call.policy()
			.attempt((newest != null) ? newest.instance() : null, AttemptExecution.count(newest),
					this.call.identity().id(), retryable, this.retries.earlier());
	}

	/** Creates the failure of a call whose response has an unwanted status. */
	EasStatusException status(Answer answer) {
		return status(where(), answer);
	}

	private EasStatusException status(Attempt where, Answer answer) {
		return new EasStatusException(where, answer, this.call.method().name(), this.call.target());
	}

	/**
	 * Creates the failure of a call that has exceeded its time limit.
	 * @param what the event that has not happened in time, and the limit
	 */
	EasException exceeded(String what) {
		if (this.execution.current() == null && this.call.policy().pendingToken() == null) {
			return noInstance(what + "; no instance is known: " + this.client.lastFailure(), null);
		}
		String why = (this.execution.current() != null) ? ""
				: "; the EasTokenSupplier has given no token so far" + this.call.policy().tokenFailure();
		return new EasTimeoutException(where(), what + why, null, true).last();
	}

	/** Creates the failure of a call that has no instance to go to. */
	EasException noInstance(String reason, @Nullable Throwable cause) {
		return new EasNoInstanceException(where(), reason, cause);
	}

	/**
	 * Creates the failure of a call that finds no instance because the client is stopping
	 * or closed.
	 */
	EasException stopped() {
		return noInstance(this.client.admission().ending(), null);
	}

}
