package io.eas.client.call;

import io.eas.http.Answer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;

/**
 * Lets an answer be taken while it comes, once its headers are there: the attempt gets no
 * {@link Answer} but an {@link AnswerStream}. Over when that is over. Of one
 * subscription.
 */
final class StreamReader extends Flux<Answer> implements Subscription {

	private final AttemptExecution attempt;

	private final AnswerStream stream;

	private @Nullable CoreSubscriber<? super Answer> actual;

	/**
	 * A reader of an answer whose headers are there.
	 * @param attempt the attempt
	 * @param response the headers
	 * @param connection where the rest comes from
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
		// the stream's reader says how much it wants
	}

	/** The attempt is over before its first event. */
	@Override
	public void cancel() {
		this.stream.abandon();
	}

}
