package io.eas.benchmarks.picks;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/**
 * Takes the value that a {@code Mono} emits synchronously, at almost no cost. Not
 * thread-safe.
 *
 * @param <T> the type of the value
 */
final class Taker<T> implements CoreSubscriber<T> {

	private @Nullable T taken;

	private @Nullable Throwable failure;

	/**
	 * Subscribes and returns the value.
	 * @throws IllegalStateException if no value is emitted synchronously
	 */
	T take(Mono<T> mono) {
		this.taken = null;
		mono.subscribe(this);
		T given = this.taken;
		if (given == null) {
			throw new IllegalStateException("nothing was given at once", this.failure);
		}
		return given;
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(T given) {
		this.taken = given;
	}

	@Override
	public void onError(Throwable failed) {
		this.failure = failed;
	}

	@Override
	public void onComplete() {
		// the value has been taken
	}

}
