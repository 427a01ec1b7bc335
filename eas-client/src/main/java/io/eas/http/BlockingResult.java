package io.eas.http;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The result of a call, for a thread that waits for the result. A virtual thread that
 * waits doesn't occupy a platform thread.
 *
 * @param <T> the type of the result
 */
public final class BlockingResult<T> implements CoreSubscriber<T> {

	private final CountDownLatch end = new CountDownLatch(1);

	private final Consumer<? super T> unused;

	private volatile @Nullable Subscription call;

	private volatile @Nullable T value;

	private @Nullable Throwable failure;

	/** Whether the thread no longer waits. */
	private volatile boolean left;

	private BlockingResult(Consumer<? super T> unused) {
		this.unused = unused;
	}

	/**
	 * Makes a call and waits for its result. The call ends by itself, within its time
	 * limit.
	 * @param call the call
	 * @param service the alias, for messages
	 * @param unused releases a result that arrives while the thread is being interrupted
	 * @param <T> the type of the result
	 * @return the result, or null if there is none
	 * @throws RuntimeException the failure of the call
	 * @throws CancellationException if the thread is interrupted; the thread keeps its
	 * interrupted status
	 * @throws IllegalStateException if the thread must not block
	 */
	public static <T> @Nullable T of(Mono<T> call, String service, Consumer<? super T> unused) {
		Thread thread = Thread.currentThread();
		if (Schedulers.isInNonBlockingThread()) {
			throw new IllegalStateException(service + ": a call must not block the thread " + thread.getName()
					+ ", on which other calls are answered; use the Mono of EasClient, or move to another thread with"
					+ " publishOn(Schedulers.boundedElastic())");
		}
		if (thread.isInterrupted()) {
			throw new CancellationException(service + ": the thread is interrupted, and the call isn't made");
		}
		BlockingResult<T> result = new BlockingResult<>(unused);
		call.subscribe(result);
		return result.await(service);
	}

	private @Nullable T await(String service) {
		try {
			this.end.await();
		}
		catch (InterruptedException ex) {
			cancel();
			Thread.currentThread().interrupt();
			CancellationException cancelled = new CancellationException(
					service + ": the thread was interrupted while it waited for the answer, and the call is cancelled");
			cancelled.initCause(ex);
			throw cancelled;
		}
		Throwable known = this.failure;
		if (known == null) {
			return this.value;
		}
		// the failure comes from another thread, and has no stack trace itself
		known.addSuppressed(new IllegalStateException("the call was made here"));
		if (known instanceof Error error) {
			throw error;
		}
		throw (known instanceof RuntimeException unchecked) ? unchecked : new IllegalStateException(known);
	}

	private void cancel() {
		this.left = true;
		Subscription known = this.call;
		if (known != null) {
			known.cancel();
		}
		release();
	}

	/** Releases the result if the thread no longer waits for it. */
	private void release() {
		T given = this.value;
		if (given != null && this.left) {
			this.unused.accept(given);
		}
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.call = subscription;
		subscription.request(Long.MAX_VALUE);
	}

	@Override
	public void onNext(T given) {
		this.value = given;
		release();
	}

	@Override
	public void onError(Throwable cause) {
		this.failure = cause;
		this.end.countDown();
	}

	@Override
	public void onComplete() {
		this.end.countDown();
	}

}
