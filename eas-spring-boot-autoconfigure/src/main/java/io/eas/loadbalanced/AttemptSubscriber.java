package io.eas.loadbalanced;

import io.eas.client.call.Outcomes;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.selection.TrackedAttempt;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/**
 * Passes on what comes of an attempt of a {@code WebClient}, and ends the attempt where
 * it fails or is wanted no longer. Reactor's {@code tap} does the same, but for 2 kB more
 * a call (measured by {@code eas-benchmarks calls}).
 *
 * @param <T> what comes
 */
abstract class AttemptSubscriber<T> implements CoreSubscriber<T>, Subscription {

	private final CoreSubscriber<? super T> actual;

	final TrackedAttempt attempt;

	private @Nullable Subscription upstream;

	AttemptSubscriber(CoreSubscriber<? super T> actual, TrackedAttempt attempt) {
		this.actual = actual;
		this.attempt = attempt;
	}

	/** Takes note of what comes, and says what is passed on. */
	T seen(T value) {
		return value;
	}

	/** Takes note that nothing more comes. */
	abstract void completed();

	@Override
	public Context currentContext() {
		return this.actual.currentContext();
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.upstream = subscription;
		this.actual.onSubscribe(this);
	}

	/** What a subscriber throws here nobody may hear of; the attempt is over with it. */
	@Override
	public void onNext(T value) {
		try {
			this.actual.onNext(seen(value));
		}
		catch (Throwable ex) {
			cancel();
			throw ex;
		}
	}

	@Override
	public void onError(Throwable failure) {
		this.attempt.end(Outcomes.ofAttempt(failure));
		this.actual.onError(failure);
	}

	@Override
	public void onComplete() {
		completed();
		this.actual.onComplete();
	}

	@Override
	public void request(long n) {
		Subscription subscription = this.upstream;
		if (subscription != null) {
			subscription.request(n);
		}
	}

	@Override
	public void cancel() {
		this.attempt.end(Outcome.CANCELLED);
		Subscription subscription = this.upstream;
		if (subscription != null) {
			subscription.cancel();
		}
	}

}
