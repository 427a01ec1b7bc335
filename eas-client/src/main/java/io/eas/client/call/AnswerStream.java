package io.eas.client.call;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.eas.client.EasException;
import io.eas.client.call.CallObserver.Progress;
import io.eas.client.codec.BodyCodecs;
import io.eas.loadbalancer.Outcome;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;

import org.springframework.core.ResolvableType;
import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;

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
 * Holds all state and demand of the stream; {@link StreamedBytes} adapts it to the
 * connection and the codec, {@link StreamedElements} to the codec and the reader. Codecs
 * want many buffers in advance; they get one after the other, and only while elements are
 * wanted that the codec hasn't.
 *
 * <pre>
 *   state   what comes              what follows
 *   opening the headers             one element is wanted, whatever the reader asks for
 *   opening the first element, or   open: the call gets the stream
 *           the end without any
 *   opening a failure, a limit      ended: the attempt has failed, and the call goes on elsewhere
 *   open    the reader wants an     one buffer is asked of the connection, and the time to the
 *           element, the codec a    next element counts from now on
 *           buffer
 *   open    a buffer                to the codec; then as above
 *   open    the end                 ended: to the codec at once, which may hold elements back
 *   open    a failure, a limit      ended: to the codec once the reader wants more than it has
 *   any     the reader leaves, the  ended: the connection is closed
 *           codec fails
 *   ended   the reader wants more   a failure that is held back goes to the codec
 *   ended   an element              to the reader, until it is told of the end or has left
 *   ended   the reader leaves       the call counts as cancelled, unless the reader was told
 *   ended   another failure         nobody wants to know
 * </pre>
 */
final class AnswerStream {

	private static final AtomicLongFieldUpdater<AnswerStream> BUFFERS = AtomicLongFieldUpdater
		.newUpdater(AnswerStream.class, "buffers");

	private static final AtomicLongFieldUpdater<AnswerStream> ELEMENTS = AtomicLongFieldUpdater
		.newUpdater(AnswerStream.class, "elements");

	private static final AtomicReferenceFieldUpdater<AnswerStream, EasException> FAILURE = AtomicReferenceFieldUpdater
		.newUpdater(AnswerStream.class, EasException.class, "failure");

	private final AttemptExecution attempt;

	private final HttpClientResponse response;

	private final Connection connection;

	private final Runnable end;

	private final StreamDeadline deadline;

	private final StreamedBytes bytes = new StreamedBytes(this);

	private final AtomicBoolean ended = new AtomicBoolean();

	/** The reader knows how the stream ended, or has left. */
	private final AtomicBoolean told = new AtomicBoolean();

	/** Whether the instance has been asked for a buffer that isn't there yet. */
	private final AtomicBoolean asked = new AtomicBoolean();

	/** Those who are just asking the codec for the elements that it has. */
	private final AtomicInteger asking = new AtomicInteger();

	/** Whether the reader wants an element of which nothing has been waited for yet. */
	private volatile boolean awaited = true;

	/**
	 * Whether the codec has said that the first element, or one before, says something.
	 */
	private boolean content;

	/** Buffers that the codec would take. */
	private volatile long buffers;

	/** Elements that the reader wants and that aren't there. */
	private volatile long elements;

	/** Why there is no more once all has been read. */
	private volatile @Nullable EasException failure;

	private volatile @Nullable Subscription upstream;

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
		this.connection = connection;
		this.end = end;
		this.deadline = new StreamDeadline(attempt, this);
		reached(Progress.HEADERS);
	}

	/** The status of the answer. */
	int status() {
		return this.response.status().code();
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
			elements.open(codecs.decode(this.bytes, this.response.responseHeaders(), type, this::saysSomething));
		}
		catch (Throwable ex) {
			cancel();
			elements.onError(ex);
			Failures.escalate(ex);
		}
	}

	/**
	 * The first element is there, or the end without one.
	 * @param empty whether there is none
	 * @return false if nobody wants it any more
	 */
	boolean begin(boolean empty) {
		if (empty && isCut()) {
			this.attempt.onError(new IOException("closed before the first event"));
			return false;
		}
		if (!this.attempt.begin()) {
			return false;
		}
		if (!empty) {
			reached(Progress.FIRST_EVENT);
			if (this.content) {
				reached(Progress.FIRST_CONTENT);
			}
		}
		if (this.ended.get()) {
			this.attempt.streamed(Outcome.ANSWERED);
		}
		else {
			this.deadline.start();
		}
		this.attempt.handOver(this);
		return true;
	}

	/**
	 * Whether an event stream without any event ended with its connection, as nothing
	 * says that it should end there.
	 */
	private boolean isCut() {
		HttpHeaders headers = this.response.responseHeaders();
		return isEventStream(headers) && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)
				&& !headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
				&& status() != HttpResponseStatus.NO_CONTENT.code();
	}

	private static boolean isEventStream(HttpHeaders headers) {
		return StringUtils.startsWithIgnoreCase(headers.get(HttpHeaderNames.CONTENT_TYPE),
				MediaType.TEXT_EVENT_STREAM_VALUE);
	}

	/** The elements, of which the first one is there. */
	StreamedElements<?> elements() {
		return Objects.requireNonNull(this.reader);
	}

	/** An element that says something is the next to come. */
	private void saysSomething() {
		this.content = true;
		if (this.attempt.isStreaming()) {
			reached(Progress.FIRST_CONTENT);
		}
	}

	private void reached(Progress progress) {
		this.attempt.calls().reached(this.attempt.call().observer(), progress);
	}

	/** What the connection gives. */
	Flux<?> inbound() {
		return this.connection.inbound().receiveObject();
	}

	/** The connection gives its body. */
	void connected(Subscription subscription) {
		this.upstream = subscription;
		if (this.ended.get()) {
			subscription.cancel();
		}
	}

	/** Whether nothing more of the body is taken. */
	boolean isEnded() {
		return this.ended.get();
	}

	/** Whether a buffer has been asked for, for an element that is wanted. */
	boolean isWaiting() {
		return this.asked.get();
	}

	/**
	 * A buffer has come.
	 * @param empty whether there is nothing in it
	 */
	void arrived(boolean empty) {
		this.asked.set(false);
		if (!empty) {
			Operators.produced(BUFFERS, this, 1);
		}
	}

	/**
	 * The whole body has come.
	 * @return false if the stream had ended
	 */
	boolean completed() {
		boolean first = end(Outcome.ANSWERED);
		if (first) {
			this.end.run();
		}
		return first;
	}

	/** The connection broke, or what stands for it. */
	void failed(Throwable cause) {
		if (this.attempt.isStreaming()) {
			EasException classified = this.attempt.classify(cause);
			if (end(this.attempt.streamOutcome(classified))) {
				this.end.run();
				this.failure = classified.last();
				goOn();
			}
		}
		else if (end(Outcome.CANCELLED)) {
			elements().drop();
			this.end.run();
			this.attempt.onError(cause);
		}
	}

	/** Nothing more comes, by our own will. By the event loop of the connection. */
	void stop(EasException reason) {
		if (!this.ended.get()) {
			closeConnection();
			failed(reason);
		}
	}

	/** The codec wants more buffers. */
	void wantBuffers(long n) {
		Operators.addCap(BUFFERS, this, n);
		goOn();
	}

	/**
	 * The reader wants more elements.
	 * @param n how many
	 * @param codec gives those that it has at once, as all of Spring's do
	 */
	void wantElements(long n, Subscription codec) {
		this.asking.incrementAndGet();
		try {
			if (Operators.addCap(ELEMENTS, this, n) <= 0) {
				this.awaited = true;
			}
			codec.request(n);
		}
		catch (Throwable ex) {
			broken(ex);
		}
		finally {
			this.asking.decrementAndGet();
		}
		goOn();
	}

	/**
	 * The codec has an element, which is one less to come.
	 * @return whether the reader takes it: what comes after the end was read in advance
	 */
	boolean takeElement() {
		if (this.told.get()) {
			return false;
		}
		this.awaited = true;
		Operators.produced(ELEMENTS, this, 1);
		return true;
	}

	/**
	 * Asks for another buffer, or tells that there is none, if the reader wants elements
	 * that the codec hasn't. While somebody is asking the codec, they will see to it.
	 */
	void goOn() {
		Subscription source = this.upstream;
		if (source == null || this.asking.get() != 0 || this.elements <= 0) {
			return;
		}
		EasException last = this.failure;
		if (last != null && FAILURE.compareAndSet(this, last, null)) {
			this.bytes.fail(last);
		}
		else if (this.buffers > 0 && !this.asked.get()) {
			if (this.awaited) {
				this.awaited = false;
				this.deadline.restart();
			}
			if (this.asked.compareAndSet(false, true)) {
				source.request(1);
			}
		}
	}

	/**
	 * A codec, or what it makes, has thrown what Reactor's operators let through, such as
	 * a {@link LinkageError}. They may tell nobody any more, so the reader is told past
	 * them.
	 */
	void broken(Throwable cause) {
		cancel();
		elements().onError(cause);
		Failures.escalate(cause);
	}

	/**
	 * The codec has failed before the first element was there.
	 * @return false if the call has got the stream
	 */
	boolean failsAttempt(EasException known) {
		if (this.attempt.isStreaming()) {
			return false;
		}
		this.attempt.onError(known);
		return true;
	}

	EasException unreadable(Throwable cause) {
		return (cause instanceof EasException known) ? known
				: Failures.unreadable(this.attempt.where(), "the stream can't be read: ", cause);
	}

	/**
	 * The reader is to be told of the end.
	 * @return false if it knows, or has left
	 */
	boolean tellAnswered() {
		boolean first = this.told.compareAndSet(false, true);
		if (first) {
			this.attempt.calls()
				.answered(this.attempt.call().observer(), this.response.status().code(), this.attempt.instance(),
						this.attempt.number());
		}
		return first;
	}

	/**
	 * The reader is to be told of a failure.
	 * @return false if it knows of an end, or has left
	 */
	boolean tellFailed(EasException known) {
		boolean first = this.told.compareAndSet(false, true);
		if (first) {
			this.attempt.calls().failed(this.attempt.call().observer(), known, this.attempt.number());
		}
		return first;
	}

	/** The reader has had enough. */
	void leave() {
		if (this.told.compareAndSet(false, true)) {
			abandon();
			this.attempt.calls()
				.cancelled(this.attempt.call().observer(), this.response.status().code(), this.attempt.instance(),
						this.attempt.number());
		}
	}

	/** The codec can't go on. The connection can't be used again. */
	void cancel() {
		if (end(Outcome.ANSWERED)) {
			closeConnection();
			this.end.run();
		}
	}

	/**
	 * Nobody wants the stream, or any more of it: whose reader has enough of it has been
	 * answered.
	 */
	void abandon() {
		cancel();
		StreamedElements<?> known = this.reader;
		if (known != null) {
			known.drop();
		}
	}

	/** The connection's thread knows whose the connection is by now. */
	private void closeConnection() {
		Subscription known = this.upstream;
		if (known != null) {
			known.cancel();
		}
		else {
			this.connection.channel().eventLoop().execute(this.connection::dispose);
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
	 * A limit may be over. On the connection's thread, so that nothing comes at the same
	 * time; nothing comes once that has ended.
	 */
	void expired() {
		try {
			this.connection.channel().eventLoop().execute(() -> {
				EasException exceeded = this.deadline.exceeded();
				if (exceeded != null) {
					stop(exceeded);
				}
			});
		}
		catch (RejectedExecutionException ex) {
			failed(ex);
		}
	}

}
