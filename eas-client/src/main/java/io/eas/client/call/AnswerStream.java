package io.eas.client.call;

import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.eas.client.EasException;
import io.eas.client.codec.BodyCodecs;
import io.eas.loadbalancer.Outcome;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;

import org.springframework.core.ResolvableType;

/**
 * The body of an answer as it comes, no faster than its reader asks for it: what it
 * doesn't ask for stays with the instance, but for what the socket's buffers and the one
 * that is being read hold, and for the first element. With that the call gets the stream;
 * until then it is an attempt like any other, which may fail and be followed by another.
 * The attempt is in flight until the stream has ended, broken off or been cancelled.
 * Where it breaks off the reader gets what had come first.
 *
 * <p>
 * An instance that gives no element for too long, while one is wanted, has failed. How
 * long a reader takes is its own affair.
 *
 * <p>
 * This is the life of a stream, {@link StreamDemand} what is wanted of it and has come.
 * {@link StreamedBytes} adapts it to the connection and the codec,
 * {@link StreamedElements} to the codec and the reader, {@link StreamReport} to
 * observers; {@link StreamDeadline} watches its time.
 *
 * <pre>
 *   state   what comes              what follows
 *   opening the headers             one element is wanted, whatever the reader asks for
 *   opening the first element, or   open: the call gets the stream
 *           the end without any
 *   opening a failure, a limit      ended: the attempt has failed, and the call goes on elsewhere
 *   opening the codec fails         ended: the call gets the stream, which has failed
 *   open    the reader wants an     one buffer is asked of the connection, and the time to the
 *           element, the codec a    next element counts from now on
 *           buffer
 *   open    a buffer                to the codec; then as above
 *   open    the end                 ended: to the codec at once, which may hold elements back
 *   open    a failure, a limit      ended: to the codec once the reader wants more than it has
 *   open    the reader leaves, the  ended: the connection is closed
 *           codec fails
 *   ended   the reader wants more   a failure that is held back goes to the codec
 *   ended   an element              to the reader, until it is told of the end or has left
 *   ended   the reader leaves       the call counts as cancelled, unless the reader was told
 *   ended   another failure         nobody wants to know
 * </pre>
 */
final class AnswerStream {

	private final AttemptExecution attempt;

	private final HttpClientResponse response;

	private final Runnable end;

	private final StreamDeadline deadline;

	private final StreamReport report;

	private final StreamedBytes bytes;

	private final StreamDemand demand;

	private final AtomicBoolean ended = new AtomicBoolean();

	private volatile @Nullable StreamedElements<?> reader;

	/**
	 * A stream whose headers are there.
	 * @param attempt the attempt
	 * @param response the headers
	 * @param connection where the body comes from
	 * @param end told once nothing more comes
	 */
	AnswerStream(AttemptExecution attempt, HttpClientResponse response, Connection connection, Runnable end) {
		this.attempt = attempt;
		this.response = response;
		this.end = end;
		this.deadline = new StreamDeadline(attempt, this);
		this.bytes = new StreamedBytes(this, connection);
		this.demand = new StreamDemand(this, this.bytes, this.deadline);
		this.report = new StreamReport(attempt, response.status().code());
	}

	/** What is wanted of it, and what has come. */
	StreamDemand demand() {
		return this.demand;
	}

	/** What observers hear of it. */
	StreamReport report() {
		return this.report;
	}

	/** The elements, of which the first one is there. */
	StreamedElements<?> elements() {
		return Objects.requireNonNull(this.reader);
	}

	/** Whether nothing more of the body is taken. */
	boolean isEnded() {
		return this.ended.get();
	}

	/**
	 * Reads the stream until its first element. On the connection's thread.
	 * @param codecs read it
	 * @param type the type of the elements
	 */
	<T> void open(BodyCodecs codecs, ResolvableType type) {
		if (this.ended.get()) {
			return;
		}
		StreamedElements<T> elements = new StreamedElements<>(this, this.attempt.currentContext());
		this.reader = elements;
		try {
			elements.open(codecs.decode(this.bytes, this.response.responseHeaders(), type, this.report::content));
		}
		catch (Throwable ex) {
			broken(ex);
		}
	}

	/**
	 * The first element is there, or the end without one.
	 * @param empty whether there is none
	 * @return false if nobody wants it any more
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

	/** The whole body has come. */
	void completed() {
		if (end(Outcome.ANSWERED)) {
			this.end.run();
			this.demand.complete();
		}
	}

	/** The connection broke, or what stands for it. */
	void failed(Throwable cause) {
		EasException known = this.attempt.classify(cause);
		failed(known, this.attempt.streamOutcome(known));
	}

	private void failed(EasException known, Outcome outcome) {
		if (!end(outcome)) {
			return;
		}
		this.end.run();
		if (this.attempt.isStreaming()) {
			this.demand.fail(known.last());
		}
		else {
			drop();
			this.attempt.onError(known);
		}
	}

	/**
	 * The stream ended with its connection before its first event, unless it is one that
	 * has no body (RFC 9112, 6.3).
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

	/** Nothing more comes, by our own will. By the event loop of the connection. */
	void stop(EasException reason, Outcome outcome) {
		if (!this.ended.get()) {
			this.bytes.close();
			failed(reason, outcome);
		}
	}

	/**
	 * A codec, or what it makes, has thrown what Reactor's operators let through, such as
	 * a {@link LinkageError}. They may tell nobody any more, so the reader is told past
	 * them.
	 */
	void broken(Throwable cause) {
		elements().onError(cause);
		Failures.escalate(cause);
	}

	EasException unreadable(Throwable cause) {
		return (cause instanceof EasException known) ? known
				: Failures.unreadable(this.attempt.where(), "the stream can't be read: ", cause);
	}

	/** The reader has had enough. */
	void leave() {
		if (this.report.left()) {
			abandon();
		}
	}

	/** The codec can't go on. The connection can't be used again. */
	void cancel() {
		if (end(Outcome.ANSWERED)) {
			this.bytes.close();
			this.end.run();
		}
	}

	/**
	 * Nobody wants the stream, or any more of it: whose reader has enough of it has been
	 * answered.
	 */
	void abandon() {
		cancel();
		drop();
	}

	private void drop() {
		this.demand.drop();
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

	/**
	 * A limit may be over. The connection is read once more before that counts: its
	 * thread may have been busy while an element came.
	 */
	void expired() {
		try {
			this.bytes.runAfterReading(() -> {
				StreamDeadline.Exceeded limit = this.deadline.exceeded();
				if (limit != null) {
					stop(limit.failure(), limit.outcome());
				}
			});
		}
		catch (RejectedExecutionException ex) {
			// the connection's thread has ended, and nothing comes any more
			failed(ex);
		}
	}

}
