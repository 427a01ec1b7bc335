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
 * Passes the body of an {@link AnswerStream} from the connection to the codec, which then
 * has to release the buffers, and knows the connection. Of one subscription.
 */
final class StreamedBytes extends Flux<DataBuffer> implements CoreSubscriber<Object>, Subscription {

	private static final NettyDataBufferFactory BUFFERS = new NettyDataBufferFactory(ByteBufAllocator.DEFAULT);

	/** More than a thread takes from one look at its connections to the next. */
	private static final long READING_MILLIS = 20;

	private final AnswerStream stream;

	private final Connection connection;

	private volatile @Nullable Subscription body;

	private @Nullable CoreSubscriber<? super DataBuffer> codec;

	/**
	 * The bytes of a stream.
	 * @param stream what they are
	 * @param connection where they come from
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

	/** Whether there is a body to ask for. */
	boolean isConnected() {
		return this.body != null;
	}

	/** Asks the connection for another buffer. */
	void ask() {
		Subscription known = this.body;
		if (known != null) {
			known.request(1);
		}
	}

	/** Closes the connection, whose thread knows whose it is by now. */
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
	 * Runs something on the connection's thread, so that nothing comes at the same time,
	 * once that has read what had come.
	 * @throws java.util.concurrent.RejectedExecutionException if that has ended
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
	void runAfterReading(Runnable task) {
		EventLoop loop = this.connection.channel().eventLoop();
		loop.execute(() -> loop.schedule(task, READING_MILLIS, TimeUnit.MILLISECONDS));
	}

	/** Gives the codec a buffer. */
	void pass(DataBuffer buffer) {
		codec().onNext(buffer);
	}

	/** Tells the codec that this was all. */
	void complete() {
		codec().onComplete();
	}

	/** Tells the codec why there is no more. */
	void fail(Throwable failure) {
		codec().onError(failure);
	}

	/** The codec can't go on. */
	@Override
	public void cancel() {
		this.stream.cancel();
	}

}
