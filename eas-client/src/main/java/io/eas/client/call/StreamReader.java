package io.eas.client.call;

import io.eas.http.Answer;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;

import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;

/**
 * Hands an answer on while it comes, once its headers are there: the attempt gets no
 * {@link Answer}, its call gets an {@link AnswerStream}. Over when that is over. Of one
 * subscription.
 */
final class StreamReader extends Flux<Answer> implements Subscription {

	private final AttemptExecution attempt;

	private final HttpClientResponse response;

	private final Connection connection;

	private @Nullable CoreSubscriber<? super Answer> actual;

	/**
	 * A reader of an answer whose headers are there.
	 * @param attempt the attempt
	 * @param response the headers
	 * @param connection where the rest comes from
	 */
	StreamReader(AttemptExecution attempt, HttpClientResponse response, Connection connection) {
		this.attempt = attempt;
		this.response = response;
		this.connection = connection;
		if (isEventStream(response)) {
			attempt.opening(response.status().code());
		}
		else {
			attempt.answering(response.status().code());
		}
	}

	private static boolean isEventStream(HttpClientResponse response) {
		return StringUtils.startsWithIgnoreCase(response.responseHeaders().get(HttpHeaderNames.CONTENT_TYPE),
				MediaType.TEXT_EVENT_STREAM_VALUE);
	}

	@Override
	public void subscribe(CoreSubscriber<? super Answer> subscriber) {
		this.actual = subscriber;
		subscriber.onSubscribe(this);
		this.attempt.stream(new AnswerStream(this.attempt, this.response, this.connection, this::over));
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

	/** Nobody has taken the stream. The connection's thread knows whose it is by now. */
	@Override
	public void cancel() {
		this.connection.channel().eventLoop().execute(this.connection::dispose);
	}

}
