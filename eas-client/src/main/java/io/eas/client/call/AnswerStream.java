package io.eas.client.call;

import io.eas.client.request.TimeLimits;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.eas.client.EasException;
import io.eas.http.Answer;
import io.eas.loadbalancer.Outcome;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * The body of a streamed response, read with backpressure. Only the first element and the
 * buffer being read are held in memory; data that the subscriber hasn't requested stays
 * in socket buffers and with the instance. The call receives the stream once its first
 * element has arrived. Until then, the attempt may fail and be followed by another
 * attempt, like an attempt without a stream. The attempt is in flight until the stream
 * has ended, failed or been cancelled. If the stream fails, the subscriber first receives
 * the elements that have arrived.
 *
 * <p>
 * If the instance sends no element for too long while an element is requested, the stream
 * fails. This limit doesn't include the time that the subscriber takes.
 *
 * <p>
 * This class manages the life cycle of a stream. The attempt subscribes to the stream as
 * to any other response, but receives no element, only the end. The subscriber of the
 * stream controls the demand. {@link StreamedBytes} connects the stream to the connection
 * and the codec, and holds the demand and the data. {@link StreamedElements} connects the
 * codec to the subscriber. {@link StreamReport} reports the stream to the observers.
 * {@link StreamDeadline} watches its time limits.
 *
 * <pre>
 *   state   event                   result
 *   opening headers                 one element is requested, whatever the subscriber requests
 *   opening first element, or end   open: the call receives the stream
 *           without any element
 *   opening headers, if the caller  open: the call receives the stream, nothing is requested
 *           reads the body itself
 *   opening failure, timeout        ended: the attempt has failed, the call may be retried
 *   opening failure of the codec    ended: the call receives the stream, which has failed
 *   open    demand for an element   one buffer is requested from the connection, and the limit
 *           and for a buffer        for the next element starts
 *   open    buffer                  passed to the codec; then as above
 *   open    end of the body         ended: passed to the codec at once, which may hold elements
 *   open    failure, timeout        ended: passed to the codec when the subscriber requests more
 *                                   elements than it has
 *   open    timeout, stop, while    ended: a later subscriber receives the failure and no element
 *           there is no subscriber
 *   open    cancellation, failure   ended: the connection is closed
 *           of the codec
 *   ended   demand                  a failure held back is passed to the codec
 *   ended   element                 passed to the subscriber, until it is notified of the end or
 *                                   has cancelled
 *   ended   cancellation            the call counts as cancelled, unless the subscriber has been
 *                                   notified of the end
 *   ended   another failure         ignored
 * </pre>
 */
final class AnswerStream extends Flux<Answer> implements Subscription {

	private final AttemptExecution attempt;

	private final HttpClientResponse response;

	private final StreamDeadline deadline;

	private final StreamReport report;

	private final StreamedBytes bytes;

	private final AtomicBoolean ended = new AtomicBoolean();

	private @Nullable CoreSubscriber<? super Answer> actual;

	private volatile @Nullable StreamedElements<?> reader;

	/**
	 * Creates a stream whose headers have arrived.
	 * @param attempt the attempt
	 * @param response the response with its headers
	 * @param connection the connection that the body comes from
	 */
	AnswerStream(AttemptExecution attempt, HttpClientResponse response, Connection connection) {
		this.attempt = attempt;
		this.response = response;
		this.deadline = new StreamDeadline(attempt, this);
		this.bytes = new StreamedBytes(this, connection, this.deadline);
		this.report = new StreamReport(attempt, response.status().code());
	}

	@Override
	public void subscribe(CoreSubscriber<? super Answer> subscriber) {
		this.actual = subscriber;
		subscriber.onSubscribe(this);
		this.attempt.open(this);
	}

	@Override
	public void request(long n) {
		// the subscriber of the stream controls the demand
	}

	/** Returns the body, with its demand and the received data. */
	StreamedBytes bytes() {
		return this.bytes;
	}

	/** Returns the report for observers. */
	StreamReport report() {
		return this.report;
	}

	/** Returns the elements of a stream that has been opened. */
	StreamedElements<?> elements() {
		return Objects.requireNonNull(this.reader);
	}

	/** Returns whether the rest of the body is ignored. */
	boolean isEnded() {
		return this.ended.get();
	}

	/**
	 * Reads the stream until its first element. Called on the event loop of the
	 * connection.
	 * @param decoded creates the elements from {@link #bytes()}, and notifies the
	 * {@link StreamReport} before the first element with content
	 */
	<T> void open(Supplier<Flux<T>> decoded) {
		if (this.ended.get()) {
			return;
		}
		StreamedElements<T> elements = new StreamedElements<>(this, this.attempt.currentContext());
		this.reader = elements;
		try {
			elements.open(decoded.get());
		}
		catch (Throwable ex) {
			broken(ex);
		}
	}

	/**
	 * Passes the stream to the call before any of its body is read. Called on the event
	 * loop of the connection.
	 * @param limits the time limits of the body
	 * @param events whether the body is a stream of events
	 */
	void openUnread(TimeLimits limits, boolean events) {
		if (this.ended.get() || !this.attempt.begin()) {
			return;
		}
		StreamedElements<DataBuffer> elements = new StreamedElements<>(this, this.attempt.currentContext());
		this.reader = elements;
		this.deadline.ofBody(limits, events);
		this.deadline.start();
		try {
			elements.openUnread(events ? this.bytes.doOnNext((first) -> this.report.bytes()) : this.bytes);
		}
		catch (Throwable ex) {
			broken(ex);
		}
		this.attempt.handOver(this);
	}

	/** Returns the headers of the response. */
	HttpHeaders headers() {
		return this.response.responseHeaders();
	}

	/** Notifies the listener for headers in the context of the call, if there is one. */
	void announceHeaders() {
		@Nullable HeadersListener listener = this.attempt.currentContext().getOrDefault(HeadersListener.class, null);
		if (listener != null && !this.ended.get()) {
			this.attempt.call()
				.client()
				.calls()
				.arrived(listener, this.report.status(), StreamedResponse.headers(headers()));
		}
	}

	/**
	 * Called when the first element, or the end of an empty stream, has arrived.
	 * @param empty whether there is no element
	 * @return false if the stream is no longer needed
	 */
	boolean begin(boolean empty) {
		if (!this.attempt.begin()) {
			return false;
		}
		this.report.begun(empty);
		if (this.ended.get()) {
			this.attempt.streamed(Outcome.ANSWERED);
		}
		else {
			this.deadline.start();
		}
		this.attempt.handOver(this);
		return true;
	}

	/** Called when the whole body has arrived. */
	void completed() {
		if (end(Outcome.ANSWERED)) {
			over();
			this.bytes.completed();
		}
	}

	/** Called when the connection has broken, or another failure has ended the body. */
	void failed(Throwable cause) {
		EasException known = this.attempt.failover().classify(this.attempt, cause);
		this.attempt.tracked().failing(Failures.brief(known));
		failed(known, this.attempt.failover().outcome(this.attempt, known));
	}

	private void failed(EasException known, Outcome outcome) {
		if (!end(outcome)) {
			return;
		}
		over();
		if (this.attempt.isStreaming()) {
			this.bytes.failed(known.last());
		}
		else {
			drop();
			this.attempt.onError(known);
		}
	}

	/**
	 * Called when the connection was closed before the first event. This is a failure
	 * unless the response can't have a body (RFC 9112, section 6.3).
	 */
	void cut(Throwable cause) {
		if (HttpMethod.HEAD.equals(this.attempt.call().method())
				|| this.report.status() == HttpResponseStatus.NO_CONTENT.code()) {
			elements().onComplete();
		}
		else {
			this.attempt.onError(cause);
		}
	}

	/**
	 * Ends the stream from the client's side. If there is no subscriber yet, there may
	 * never be one, so the observers are notified at once. Called on the event loop of
	 * the connection.
	 */
	void stop(EasException reason, Outcome outcome) {
		if (this.ended.get()) {
			return;
		}
		this.bytes.close();
		failed(reason, outcome);
		StreamedElements<?> elements = this.reader;
		if (this.attempt.isStreaming() && elements != null && elements.refuse(reason)) {
			this.report.failed(reason);
			drop();
		}
	}

	/**
	 * Called when a codec, or an object that it creates, has thrown an exception that
	 * Reactor's operators don't catch, such as a {@link LinkageError}. The operators
	 * might not pass the failure on, so the subscriber is notified directly.
	 */
	void broken(Throwable cause) {
		elements().onError(cause);
		Failures.escalate(cause);
	}

	EasException unreadable(Throwable cause) {
		return (cause instanceof EasException known) ? known
				: Failures.unreadable(this.attempt.failover().where(), "the stream can't be read: ", cause);
	}

	/** Called when the subscriber cancels. */
	void leave() {
		if (this.report.left()) {
			cancel();
		}
	}

	/** Ends the stream without its whole body: the connection can't be reused. */
	void close() {
		if (end(Outcome.ANSWERED)) {
			this.bytes.close();
			over();
		}
	}

	/**
	 * Ends the stream because the stream, or its rest, is no longer needed. For the
	 * instance this counts as an answered attempt, because the response had arrived.
	 */
	@Override
	public void cancel() {
		close();
		drop();
	}

	private void drop() {
		this.bytes.drop();
		StreamedElements<?> known = this.reader;
		if (known != null) {
			known.drop();
		}
	}

	private boolean end(Outcome outcome) {
		if (!this.ended.compareAndSet(false, true)) {
			return false;
		}
		this.deadline.stop();
		this.attempt.streamed(outcome);
		return true;
	}

	/** Notifies the attempt that no more data arrives. */
	private void over() {
		CoreSubscriber<? super Answer> subscriber = this.actual;
		if (subscriber != null) {
			subscriber.onComplete();
		}
	}

}
