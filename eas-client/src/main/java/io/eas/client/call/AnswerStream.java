package io.eas.client.call;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.eas.client.EasException;
import io.eas.client.codec.BodyCodecs;
import io.eas.loadbalancer.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
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

import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

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
 * <pre>
 *   state   what comes              what follows
 *   open    the reader wants an     one buffer is asked of the connection, and the instance's
 *           element, the codec a    silence counts from now on
 *           buffer
 *   open    a buffer                to the codec; then as above
 *   open    the end                 ended: to the codec at once, which may hold elements back
 *   open    a failure, silence      ended: to the codec once the reader wants more than it has
 *   open    the reader cancels,     ended: the connection is closed
 *           the codec fails
 *   ended   anything                nothing
 * </pre>
 *
 * <p>
 * Of one subscription, by a codec, whose buffers are the codec's to release. Codecs want
 * to have many buffers in advance; they get one after the other.
 */
final class AnswerStream extends Flux<DataBuffer> implements CoreSubscriber<Object>, Subscription {

	private static final NettyDataBufferFactory BUFFERS = new NettyDataBufferFactory(ByteBufAllocator.DEFAULT);

	private static final AtomicLongFieldUpdater<AnswerStream> WANTED = AtomicLongFieldUpdater
		.newUpdater(AnswerStream.class, "wanted");

	private static final AtomicReferenceFieldUpdater<AnswerStream, EasException> FAILURE = AtomicReferenceFieldUpdater
		.newUpdater(AnswerStream.class, EasException.class, "failure");

	private final AttemptExecution attempt;

	private final HttpClientResponse response;

	private final Connection connection;

	private final Runnable end;

	private final ReadIdleTimeout idleTimeout;

	private final AtomicBoolean over = new AtomicBoolean();

	/** Whether the instance has been asked for a buffer that isn't there yet. */
	private final AtomicBoolean asked = new AtomicBoolean();

	/** Whether anything of the body has come. */
	private volatile boolean begun;

	/** Buffers that the codec would take. */
	private volatile long wanted;

	/** Why there is no more once all has been read. */
	private volatile @Nullable EasException failure;

	private @Nullable CoreSubscriber<? super DataBuffer> codec;

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
		this.idleTimeout = new ReadIdleTimeout(attempt, this.asked::get, this::silent);
	}

	/**
	 * Reads the stream. What comes of that is to be subscribed to.
	 * @param codecs read it
	 * @param type the type of the elements
	 */
	<T> Flux<T> read(BodyCodecs codecs, ResolvableType type) {
		try {
			return new StreamedElements<>(codecs.decode(this, this.response.responseHeaders(), type), this);
		}
		catch (Throwable ex) {
			EasException failure = unreadable(ex);
			cancel();
			tellFailed(failure);
			Failures.escalate(ex);
			return Flux.error(failure);
		}
	}

	EasException unreadable(Throwable failure) {
		return (failure instanceof EasException known) ? known
				: Failures.unreadable(this.attempt.where(), "the stream can't be read: ", failure);
	}

	private GuardedCalls calls() {
		return this.attempt.calls();
	}

	private CallObserver watch() {
		return this.attempt.call().watch();
	}

	void tellAnswered() {
		calls().answered(watch(), this.response.status().code(), this.attempt.instance(), this.attempt.number());
	}

	void tellFailed(EasException failure) {
		calls().failed(watch(), failure, this.attempt.number());
	}

	void tellCancelled() {
		calls().cancelled(watch(), this.response.status().code(), this.attempt.instance(), this.attempt.number());
	}

	@Override
	public void subscribe(CoreSubscriber<? super DataBuffer> subscriber) {
		this.codec = subscriber;
		this.connection.inbound().receiveObject().subscribe(this);
	}

	private CoreSubscriber<? super DataBuffer> codec() {
		CoreSubscriber<? super DataBuffer> subscriber = this.codec;
		if (subscriber == null) {
			throw new IllegalStateException("nobody has subscribed");
		}
		return subscriber;
	}

	@Override
	public Context currentContext() {
		return codec().currentContext();
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.upstream = subscription;
		if (this.over.get()) {
			subscription.cancel();
		}
		this.idleTimeout.start();
		codec().onSubscribe(this);
	}

	/** Who says how much is wanted. */
	void readBy(StreamedElements.Reader<?> elements) {
		this.reader = elements;
	}

	@Override
	public void request(long n) {
		if (Operators.validate(n)) {
			Operators.addCap(WANTED, this, n);
			goOn();
		}
	}

	/**
	 * Asks for another buffer, or tells that there is none, if the reader wants elements.
	 * The codec has none then, for it would have given them; all of Spring's do so at
	 * once.
	 */
	void goOn() {
		StreamedElements.Reader<?> known = this.reader;
		Subscription source = this.upstream;
		if (known == null || source == null || !known.wantsMore()) {
			return;
		}
		EasException last = this.failure;
		if (last != null && FAILURE.compareAndSet(this, last, null)) {
			try {
				codec().onError(last);
			}
			catch (Throwable ex) {
				broken(ex);
			}
		}
		else if (this.wanted > 0 && !this.asked.get()) {
			this.idleTimeout.recordActivity();
			if (this.asked.compareAndSet(false, true)) {
				source.request(1);
			}
		}
	}

	@Override
	public void onNext(Object content) {
		ByteBuf bytes = (content instanceof ByteBufHolder holder) ? holder.content() : (ByteBuf) content;
		if (this.over.get()) {
			return;
		}
		this.asked.set(false);
		if (bytes.isReadable()) {
			this.begun = true;
			calls().begun(watch());
			Operators.produced(WANTED, this, 1);
			try {
				codec().onNext(BUFFERS.wrap(bytes.retain()));
			}
			catch (Throwable ex) {
				broken(ex);
			}
		}
		goOn();
	}

	@Override
	public void onComplete() {
		if (end(Outcome.ANSWERED)) {
			this.end.run();
			try {
				codec().onComplete();
			}
			catch (Throwable ex) {
				broken(ex);
			}
		}
	}

	/**
	 * A codec, or what it makes, has thrown what Reactor's operators let through, such as
	 * a {@link LinkageError}. They may tell nobody any more, so the reader is told past
	 * them.
	 */
	void broken(Throwable failure) {
		cancel();
		StreamedElements.Reader<?> known = this.reader;
		if (known != null) {
			known.onError(failure);
		}
		Failures.escalate(failure);
	}

	@Override
	public void onError(Throwable failure) {
		EasException classified = this.attempt.classify(failure);
		if (!end(Outcomes.of(classified))) {
			Operators.onErrorDropped(failure, currentContext());
			return;
		}
		this.end.run();
		this.failure = classified.last();
		goOn();
	}

	/** The codec can't go on. The connection can't be used again. */
	@Override
	public void cancel() {
		leave(Outcome.ANSWERED);
	}

	/**
	 * Nobody wants the stream, or any more of it: whose reader has enough of it has been
	 * answered.
	 */
	void abandon() {
		leave(this.begun ? Outcome.ANSWERED : Outcome.CANCELLED);
	}

	private void leave(Outcome outcome) {
		if (end(outcome)) {
			close();
			this.end.run();
		}
	}

	/** The connection's thread knows whose the connection is by now. */
	private void close() {
		Subscription known = this.upstream;
		if (known != null) {
			known.cancel();
		}
		else {
			this.connection.channel().eventLoop().execute(this.connection::dispose);
		}
	}

	private boolean end(Outcome outcome) {
		if (!this.over.compareAndSet(false, true)) {
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
	private void silent() {
		try {
			this.connection.channel().eventLoop().execute(() -> {
				if (this.idleTimeout.isExpired()) {
					close();
					onError(ReadTimeoutException.INSTANCE);
				}
			});
		}
		catch (RejectedExecutionException ex) {
			onError(ex);
		}
	}

}
