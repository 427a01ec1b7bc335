package io.eas.client.call;

import io.eas.http.Answer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;

/**
 * Reads a response as a stream, once its headers have arrived. The attempt receives an
 * {@link AnswerStream} instead of an {@link Answer}. Completes when the stream ends. For
 * one subscription.
 */
final class StreamReader extends Flux<Answer> implements Subscription {

	private final AttemptExecution attempt;

	private final AnswerStream stream;

	private @Nullable CoreSubscriber<? super Answer> actual;

	/**
	 * Creates a reader of a response whose headers have arrived.
	 * @param attempt the attempt
	 * @param response the response with its headers
	 * @param connection the connection that the body comes from
	 */
	StreamReader(AttemptExecution attempt, HttpClientResponse response, Connection connection) {
		this.attempt = attempt;
		this.stream = new AnswerStream(attempt, response, connection, this::over);
	}

	@Override
	public void subscribe(CoreSubscriber<? super Answer> subscriber) {
		this.actual = subscriber;
		subscriber.onSubscribe(this);
		this.attempt.open(this.stream);
	}

	private void over() {
		CoreSubscriber<? super Answer> subscriber = this.actual;
		if (subscriber != null) {
			subscriber.onComplete();
		}
	}

	@Override
	public void request(long n) {
		// the subscriber of the stream controls the demand
	}

	/** Called when the attempt ends before the first event. */
	@Override
	public void cancel() {
		this.stream.abandon();
	}

}
