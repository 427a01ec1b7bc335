package io.eas.client.call;

import io.eas.http.Answer;
import io.eas.http.BodyBytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.netty.http.client.HttpClientResponse;
import reactor.util.context.Context;

/**
 * Reads one answer to its end, as a single step between the connection and the attempt.
 * Of one subscription, to a subscriber that wants everything.
 */
final class AnswerReader extends Flux<Answer> implements CoreSubscriber<Object>, Subscription {

	private final AttemptExecution attempt;

	private final HttpClientResponse response;

	private final Flux<?> inbound;

	private final int limit;

	private @Nullable BodyBytes body;

	private @Nullable CoreSubscriber<? super Answer> actual;

	private @Nullable Subscription upstream;

	private boolean over;

	/**
	 * A reader of an answer whose headers are there.
	 * @param attempt the attempt
	 * @param response the headers
	 * @param inbound the contents, which their source releases
	 * @param limit the largest body, in bytes
	 */
	AnswerReader(AttemptExecution attempt, HttpClientResponse response, Flux<?> inbound, int limit) {
		this.attempt = attempt;
		this.response = response;
		this.inbound = inbound;
		this.limit = limit;
		attempt.answering(response.status().code());
	}

	@Override
	public void subscribe(CoreSubscriber<? super Answer> subscriber) {
		this.actual = subscriber;
		this.inbound.subscribe(this);
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
		actual().onSubscribe(this);
		try {
			boolean discarded = this.attempt.discardsBody() && Answer.isSuccess(this.response.status().code());
			this.body = discarded ? BodyBytes.discarded() : BodyBytes.of(this.response, this.limit);
			subscription.request(Long.MAX_VALUE);
		}
		catch (Throwable ex) {
			stop(ex);
		}
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

	/** Closes the connection, whose rest is too large, or nobody can take. */
	private void stop(Throwable failure) {
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
		actual().onError(failure);
	}

	@Override
	public void onComplete() {
		BodyBytes collected = this.body;
		if (this.over || collected == null) {
			return;
		}
		Answer answer;
		try {
			answer = new Answer(this.response.status().code(), this.response.responseHeaders(), collected.toArray(),
					this.attempt.instance(), this.limit);
		}
		catch (Throwable ex) {
			onError(Failures.unreadable(this.attempt.where(), "the answer can't be read: ", ex));
			Failures.escalate(ex);
			return;
		}
		this.over = true;
		CoreSubscriber<? super Answer> subscriber = actual();
		subscriber.onNext(answer);
		subscriber.onComplete();
	}

	@Override
	public void request(long n) {
		// what there is comes at once
	}

	@Override
	public void cancel() {
		Subscription known = this.upstream;
		if (known != null) {
			known.cancel();
		}
	}

}
