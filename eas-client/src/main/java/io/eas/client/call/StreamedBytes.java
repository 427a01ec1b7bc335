package io.eas.client.call;

import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.netty.Connection;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

/**
 * Passes the body of an {@link AnswerStream} from the connection to the codec, which must
 * release the buffers. It is the only part of a stream that uses the connection. For one
 * subscription.
 */
final class StreamedBytes extends Flux<DataBuffer> implements CoreSubscriber<Object>, Subscription {

	private static final NettyDataBufferFactory BUFFERS = new NettyDataBufferFactory(ByteBufAllocator.DEFAULT);

	/**
	 * Longer than an event loop needs to process all its connections once, in
	 * milliseconds.
	 */
	private static final long READING_MILLIS = 20;

	private final AnswerStream stream;

	private final Connection connection;

	private volatile @Nullable Subscription body;

	private @Nullable CoreSubscriber<? super DataBuffer> codec;

	/**
	 * Creates the bytes of a stream.
	 * @param stream the stream to which the bytes belong
	 * @param connection the connection from which they come
	 */
	StreamedBytes(AnswerStream stream, Connection connection) {
		this.stream = stream;
		this.connection = connection;
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
		this.body = subscription;
		if (this.stream.isEnded()) {
			subscription.cancel();
		}
		codec().onSubscribe(this);
	}

	@Override
	public void request(long n) {
		if (Operators.validate(n)) {
			this.stream.demand().wantBuffers(n);
		}
	}

	@Override
	public void onNext(Object content) {
		if (!this.stream.isEnded()) {
			ByteBuf bytes = (content instanceof ByteBufHolder holder) ? holder.content() : (ByteBuf) content;
			this.stream.demand().arrived(bytes.isReadable() ? BUFFERS.wrap(bytes.retain()) : null);
		}
	}

	@Override
	public void onComplete() {
		this.stream.completed();
	}

	@Override
	public void onError(Throwable failure) {
		this.stream.failed(failure);
	}

	/** Returns whether there is a body to request buffers from. */
	boolean isConnected() {
		return this.body != null;
	}

	/** Requests another buffer from the connection. */
	void ask() {
		Subscription known = this.body;
		if (known != null) {
			known.request(1);
		}
	}

	/**
	 * Closes the connection. Without a subscription to the body, this is done by the
	 * event loop, where the connection certainly belongs to this response.
	 */
	void close() {
		Subscription known = this.body;
		if (known != null) {
			known.cancel();
		}
		else {
			this.connection.channel().eventLoop().execute(this.connection::dispose);
		}
	}

	/**
	 * Runs a task on the event loop of the connection, after data that has already
	 * arrived has been read. No data is received while the task runs.
	 * @throws java.util.concurrent.RejectedExecutionException if the event loop has been
	 * shut down
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the task
	void runAfterReading(Runnable task) {
		EventLoop loop = this.connection.channel().eventLoop();
		loop.execute(() -> loop.schedule(task, READING_MILLIS, TimeUnit.MILLISECONDS));
	}

	/** Passes a buffer to the codec. */
	void pass(DataBuffer buffer) {
		codec().onNext(buffer);
	}

	/** Notifies the codec that the body is complete. */
	void complete() {
		codec().onComplete();
	}

	/** Notifies the codec that the body has failed. */
	void fail(Throwable failure) {
		codec().onError(failure);
	}

	/** Called when the codec can't continue. */
	@Override
	public void cancel() {
		this.stream.cancel();
	}

}
