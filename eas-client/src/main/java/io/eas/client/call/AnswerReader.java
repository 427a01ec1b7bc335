package io.eas.client.call;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.eas.http.Answer;
import io.eas.http.BodyBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.handler.timeout.ReadTimeoutException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;
import reactor.util.context.Context;

/**
 * Reads one response as a whole. It is the only operator between the connection and the
 * attempt. Supports one subscription, by a subscriber with unbounded demand.
 *
 * <p>
 * The important part of an error response is its status. If the rest of the response
 * doesn't arrive soon, the attempt fails with the status and the part of the body that
 * has arrived. The same happens if the body breaks off or can't be read, provided that
 * the call can be retried.
 */
final class AnswerReader extends Flux<Answer> implements CoreSubscriber<Object>, Subscription {

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

	private final AttemptExecution attempt;

	private final Call call;

	private final HttpClientResponse response;

	private final Connection connection;

	private final int limit;

	private @Nullable BodyBytes body;

	private @Nullable CoreSubscriber<? super Answer> actual;

	private @Nullable Subscription upstream;

	/** The timeout for the body of an error response. */
	private volatile @Nullable Future<?> errorBody;

	private boolean over;

	/**
	 * Creates a reader of a response whose headers have arrived.
	 * @param attempt the attempt
	 * @param response the response with its headers
	 * @param connection the connection, which emits and releases the contents
	 * @param limit the maximum size of the body, in bytes
	 */
	AnswerReader(AttemptExecution attempt, HttpClientResponse response, Connection connection, int limit) {
		this.attempt = attempt;
		this.call = attempt.call();
		this.response = response;
		this.connection = connection;
		this.limit = limit;
		attempt.answering(response.status().code(), response.responseHeaders());
	}

	@Override
	public void subscribe(CoreSubscriber<? super Answer> subscriber) {
		this.actual = subscriber;
		this.connection.inbound().receiveObject().subscribe(this);
	}

	@Override
	public Context currentContext() {
		return actual().currentContext();
	}

	private CoreSubscriber<? super Answer> actual() {
		CoreSubscriber<? super Answer> subscriber = this.actual;
		return (subscriber != null) ? subscriber : this.attempt;
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.upstream = subscription;
		int status = this.response.status().code();
		long longest = worthOfBody(status);
		if (longest > 0) {
			// must be scheduled before the subscriber can cancel
			this.errorBody = this.connection.channel()
				.eventLoop()
				.schedule(() -> stop(ReadTimeoutException.INSTANCE), longest, TimeUnit.MILLISECONDS);
		}
		actual().onSubscribe(this);
		try {
			boolean discarded = this.call.reader().discardsBody() && Answer.isSuccess(status);
			this.body = discarded ? BodyBytes.discarded() : BodyBytes.of(this.response, this.limit);
			subscription.request(Long.MAX_VALUE);
		}
		catch (Throwable ex) {
			stop(ex);
		}
	}

	/**
	 * Returns how long to wait for the body of a response with this status.
	 * @return milliseconds; 0 for no limit
	 */
	private long worthOfBody(int status) {
		if (Answer.isSuccess(status) || this.call.reader().takesErrors()) {
			return 0;
		}
		return refuses(status) ? REFUSED_MILLIS
				: Math.max(1, Math.min(ERROR_MILLIS, this.call.limits().response().toMillis() / 2));
	}

	/**
	 * Returns whether a response with this status is not passed to the caller, because
	 * another attempt may follow.
	 */
	private boolean refuses(int status) {
		return this.call.rules().idempotent() && this.call.rules().isRefusal(status)
				&& this.attempt.number() < this.call.maxAttempts() && !this.call.reader().takesErrors();
	}

	@Override
	public void onNext(Object content) {
		BodyBytes collected = this.body;
		if (this.over || collected == null) {
			return;
		}
		this.attempt.recordActivity();
		try {
			collected.append((content instanceof ByteBufHolder holder) ? holder.content() : (ByteBuf) content);
		}
		catch (Throwable ex) {
			stop(ex);
		}
	}

	/**
	 * Closes the connection because the rest of the response is too large, too late or
	 * can't be processed.
	 */
	private void stop(Throwable failure) {
		if (this.over) {
			return;
		}
		cancel();
		onError(failure);
		Failures.escalate(failure);
	}

	@Override
	public void onError(Throwable failure) {
		if (this.over) {
			Operators.onErrorDropped(failure, currentContext());
			return;
		}
		this.over = true;
		boolean refused = isSaid(failure);
		stopWaiting();
		actual().onError(refused ? refused(failure) : failure);
	}

	/**
	 * Returns whether the attempt fails with the status of the response, instead of the
	 * failure to read its body.
	 */
	private boolean isSaid(Throwable failure) {
		return this.errorBody != null && !(failure instanceof Error)
				&& (failure == ReadTimeoutException.INSTANCE || refuses(this.response.status().code()));
	}

	/**
	 * Returns a failure with the status, which is more helpful than the reason why the
	 * body is incomplete.
	 */
	private Throwable refused(Throwable failure) {
		try {
			BodyBytes collected = this.body;
			return this.attempt.failover().status(answer((collected != null) ? collected : BodyBytes.discarded()));
		}
		catch (Throwable ex) {
			return failure;
		}
	}

	private Answer answer(BodyBytes collected) {
		return new Answer(this.response.status().code(), this.response.responseHeaders(), collected.toArray(),
				this.attempt.instance(), this.limit);
	}

	private void stopWaiting() {
		Future<?> waiting = this.errorBody;
		if (waiting != null) {
			waiting.cancel(false);
		}
	}

	@Override
	public void onComplete() {
		BodyBytes collected = this.body;
		if (this.over || collected == null) {
			return;
		}
		Answer answer;
		try {
			answer = answer(collected);
		}
		catch (Throwable ex) {
			onError(Failures.unreadable(this.attempt.failover().where(), "the answer can't be read: ", ex));
			Failures.escalate(ex);
			return;
		}
		this.over = true;
		stopWaiting();
		CoreSubscriber<? super Answer> subscriber = actual();
		subscriber.onNext(answer);
		subscriber.onComplete();
	}

	@Override
	public void request(long n) {
		// the whole response is read without backpressure
	}

	@Override
	public void cancel() {
		stopWaiting();
		Subscription known = this.upstream;
		if (known != null) {
			known.cancel();
		}
	}

}
