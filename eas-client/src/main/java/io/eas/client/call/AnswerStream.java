package io.eas.client.call;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.eas.client.EasException;
import io.eas.client.codec.BodyCodecs;
import io.eas.loadbalancer.Outcome;
import io.netty.handler.timeout.ReadTimeoutException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;

import org.springframework.core.ResolvableType;

/**
 * The body of an answer as it comes, no faster than its reader asks for it: what it
 * doesn't ask for stays with the instance, but for what the socket's buffers and the one
 * that is being read hold. The attempt is in flight until the stream has ended, broken
 * off or been cancelled. Where it breaks off the reader gets what had come first.
 *
 * <p>
 * An instance that is silent for longer than the response timeout, while something is
 * wanted of it, has failed. How long a reader takes is its own affair.
 *
 * <p>
 * Holds all state and demand of the stream; {@link StreamedBytes} adapts it to the
 * connection and the codec, {@link StreamedElements} to the codec and the reader. Codecs
 * want many buffers in advance; they get one after the other, and only while the reader
 * wants elements that the codec hasn't.
 *
 * <pre>
 *   state   what comes              what follows
 *   open    the reader wants an     one buffer is asked of the connection, and the instance's
 *           element, the codec a    silence counts from now on
 *           buffer
 *   open    a buffer                to the codec; then as above
 *   open    the end                 ended: to the codec at once, which may hold elements back
 *   open    a failure, silence      ended: to the codec once the reader wants more than it has
 *   open    the reader leaves, the  ended: the connection is closed
 *           codec fails
 *   ended   the reader wants more   a failure that is held back goes to the codec
 *   ended   an element              to the reader, until it is told of the end or has left
 *   ended   the reader leaves       the call counts as cancelled, unless the reader was told
 *   ended   another failure         dropped
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

	private final ReadIdleTimeout idleTimeout;

	private final StreamedBytes bytes = new StreamedBytes(this);

	private final AtomicBoolean ended = new AtomicBoolean();

	/** The reader knows how the stream ended, or has left. */
	private final AtomicBoolean told = new AtomicBoolean();

	/** Whether the instance has been asked for a buffer that isn't there yet. */
	private final AtomicBoolean asked = new AtomicBoolean();

	/** Those who are just asking the codec for the elements that it has. */
	private final AtomicInteger asking = new AtomicInteger();

	/** Whether anything of the body has come. */
	private volatile boolean begun;

	/** Buffers that the codec would take. */
	private volatile long buffers;

	/** Elements that the reader wants and that aren't there. */
	private volatile long elements;

	/** Why there is no more once all has been read. */
	private volatile @Nullable EasException failure;

	private volatile @Nullable Subscription upstream;

	private volatile StreamedElements.@Nullable Reader<?> reader;

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
		this.idleTimeout = new ReadIdleTimeout(attempt, this.asked::get, this::expired);
	}

	/**
	 * Reads the stream. What comes of that is to be subscribed to.
	 * @param codecs read it
	 * @param type the type of the elements
	 */
	<T> Flux<T> read(BodyCodecs codecs, ResolvableType type) {
		try {
			return new StreamedElements<>(codecs.decode(this.bytes, this.response.responseHeaders(), type), this);
		}
		catch (Throwable ex) {
			EasException failure = unreadable(ex);
			cancel();
			tellFailed(failure);
			Failures.escalate(ex);
			return Flux.error(failure);
		}
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
		this.idleTimeout.start();
	}

	/** Whether nothing more of the body is taken. */
	boolean isEnded() {
		return this.ended.get();
	}

	/**
	 * A buffer has come.
	 * @param empty whether there is nothing in it
	 */
	void arrived(boolean empty) {
		this.asked.set(false);
		if (!empty) {
			if (!this.begun) {
				this.begun = true;
				this.attempt.streaming();
			}
			this.attempt.calls().begun(this.attempt.call().observer());
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
		EasException classified = this.attempt.classify(cause);
		if (!end(this.attempt.streamOutcome(classified))) {
			Operators.onErrorDropped(cause, this.bytes.currentContext());
			return;
		}
		this.end.run();
		this.failure = classified.last();
		goOn();
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

	/** Who is read to. */
	void readBy(StreamedElements.Reader<?> known) {
		this.reader = known;
	}

	/**
	 * The reader wants more elements.
	 * @param n how many
	 * @param codec gives those that it has at once, as all of Spring's do
	 */
	void wantElements(long n, Subscription codec) {
		this.asking.incrementAndGet();
		try {
			Operators.addCap(ELEMENTS, this, n);
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
		Operators.produced(ELEMENTS, this, 1);
		return true;
	}

	/**
	 * Asks for another buffer, or tells that there is none, if the reader wants elements
	 * that the codec hasn't. While somebody is asking the codec, they will see to it.
	 */
	void goOn() {
		Subscription source = this.upstream;
		if (this.reader == null || source == null || this.asking.get() != 0 || this.elements <= 0) {
			return;
		}
		EasException last = this.failure;
		if (last != null && FAILURE.compareAndSet(this, last, null)) {
			this.bytes.fail(last);
		}
		else if (this.buffers > 0 && !this.asked.get()) {
			this.idleTimeout.recordActivity();
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
		StreamedElements.Reader<?> known = this.reader;
		if (known != null) {
			known.onError(cause);
		}
		Failures.escalate(cause);
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
		close(Outcome.ANSWERED);
	}

	/**
	 * Nobody wants the stream, or any more of it: whose reader has enough of it has been
	 * answered.
	 */
	void abandon() {
		close(this.begun ? Outcome.ANSWERED : Outcome.CANCELLED);
	}

	private void close(Outcome outcome) {
		if (end(outcome)) {
			closeConnection();
			this.end.run();
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
		this.idleTimeout.stop();
		this.attempt.streamed(outcome);
		return true;
	}

	/**
	 * On the connection's thread, so that nothing comes at the same time; nothing comes
	 * once that has ended.
	 */
	private void expired() {
		try {
			this.connection.channel().eventLoop().execute(() -> {
				if (this.idleTimeout.isExpired()) {
					closeConnection();
					failed(ReadTimeoutException.INSTANCE);
				}
			});
		}
		catch (RejectedExecutionException ex) {
			failed(ex);
		}
	}

}
