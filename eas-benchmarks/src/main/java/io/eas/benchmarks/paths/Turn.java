package io.eas.benchmarks.paths;

import java.util.function.BiConsumer;

import io.eas.benchmarks.clients.Body;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * Receives the results of a caller's calls, one at a time, through the callback interface
 * of any client. Created only once per caller, so that it adds no cost to calls.
 */
public abstract class Turn implements CoreSubscriber<Object>, BiConsumer<@Nullable Object, @Nullable Throwable> {

	private @Nullable Object answer;

	protected Turn() {
	}

	/** Called when the complete response has arrived. */
	protected abstract void answered();

	/**
	 * Called when there is no response or a wrong one.
	 * @param failure the reason
	 */
	protected abstract void failed(Throwable failure);

	@Override
	public final void onSubscribe(Subscription subscription) {
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public final void onNext(Object given) {
		this.answer = given;
	}

	@Override
	public final void onComplete() {
		Object given = this.answer;
		this.answer = null;
		accept(given, null);
	}

	@Override
	public final void onError(Throwable failure) {
		failed(failure);
	}

	@Override
	public final void accept(@Nullable Object given, @Nullable Throwable failure) {
		if (failure != null) {
			failed(failure);
		}
		else if (given == null || (given instanceof byte[] bytes && bytes.length != Body.BYTES.length)) {
			failed(new IllegalStateException("the answer isn't an echo"));
		}
		else {
			answered();
		}
	}

}
