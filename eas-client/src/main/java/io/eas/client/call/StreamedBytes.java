package io.eas.client.call;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import io.eas.client.EasException;
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
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

/**
 * Passes the body of an {@link AnswerStream} from the connection to the codec, as far as
 * elements are requested. The codec must release the buffers. Only this class uses the
 * connection of a stream. The method {@link #drain} passes the demand and the arrived
 * data on. Only one thread at a time executes it, and nothing else calls the codec.
 *
 * <p>
 * Codecs request many buffers in advance. They receive one buffer at a time, and only
 * while more elements are requested than the codec has:
 *
 * <pre>
 *   reader --wantElements--> demand --> elements --> codec     elements that it has go to the reader
 *   codec  --request-------> buffers                           elements and buffers above 0:
 *                                       asked ----> connection one buffer is requested
 *   connection --onNext----> buffer ---------------> codec
 *   connection --completed-> complete -------------> codec     at once, it may hold elements back
 *   connection --failed----> failure --------------> codec     once requested elements are missing
 * </pre>
 *
 * For one subscription. Thread-safe.
 */
final class StreamedBytes extends Flux<DataBuffer> implements CoreSubscriber<Object>, Subscription {

	private static final AtomicLongFieldUpdater<StreamedBytes> DEMAND = AtomicLongFieldUpdater
		.newUpdater(StreamedBytes.class, "demand");

	private static final AtomicLongFieldUpdater<StreamedBytes> ELEMENTS = AtomicLongFieldUpdater
		.newUpdater(StreamedBytes.class, "elements");

	private static final AtomicLongFieldUpdater<StreamedBytes> BUFFERS = AtomicLongFieldUpdater
		.newUpdater(StreamedBytes.class, "buffers");

	private static final NettyDataBufferFactory FACTORY = new NettyDataBufferFactory(ByteBufAllocator.DEFAULT);

	/**
	 * Time in milliseconds within which an event loop has read all its connections once.
	 */
	private static final long READING_MILLIS = 20;

	private final AnswerStream stream;

	private final Connection connection;

	/**
	 * The event loop of the connection. Kept here because the connection no longer
	 * exposes it once the whole response has arrived.
	 */
	private final EventLoop loop;

	private final StreamDeadline deadline;

	/** The amount of pending work, above 0 while a thread is draining. */
	private final AtomicInteger work = new AtomicInteger();

	private volatile @Nullable Subscription body;

	private @Nullable CoreSubscriber<? super DataBuffer> codec;

	/**
	 * Number of elements that the reader has requested and that have not yet been
	 * requested from the codec.
	 */
	@SuppressWarnings("UnusedVariable") // accessed through DEMAND
	private volatile long demand;

	/**
	 * Number of elements that have been requested from the codec and that it has not
	 * emitted yet.
	 */
	private volatile long elements;

	/** Number of buffers that the codec has requested and has not received yet. */
	private volatile long buffers;

	/** Whether a buffer has been requested from the connection and has not arrived. */
	private volatile boolean asked;

	private volatile @Nullable DataBuffer buffer;

	/** Whether the time limit for the next element must be started again. */
	private volatile boolean awaited = true;

	/** Whether the whole body has arrived and the codec has not been notified. */
	private volatile boolean complete;

	/**
	 * The failure that ended the body; null if there is none, or the codec has been
	 * notified.
	 */
	private volatile @Nullable EasException failure;

	/** Whether the data that still arrives is discarded. */
	private volatile boolean dropped;

	StreamedBytes(AnswerStream stream, Connection connection, StreamDeadline deadline) {
		this.stream = stream;
		this.connection = connection;
		this.loop = connection.channel().eventLoop();
		this.deadline = deadline;
	}

	@Override
	public void subscribe(CoreSubscriber<? super DataBuffer> subscriber) {
		this.codec = subscriber;
		this.connection.inbound().receiveObject().subscribe(this);
	}

	private CoreSubscriber<? super DataBuffer> codec() {
		return Objects.requireNonNull(this.codec, "nobody has subscribed");
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
	public void onNext(Object content) {
		if (!this.stream.isEnded()) {
			ByteBuf bytes = (content instanceof ByteBufHolder holder) ? holder.content() : (ByteBuf) content;
			this.buffer = bytes.isReadable() ? FACTORY.wrap(bytes.retain()) : null;
			this.asked = false;
			drain();
		}
	}

	@Override
	public void onComplete() {
		this.stream.completed();
	}

	@Override
	public void onError(Throwable cause) {
		this.stream.failed(cause);
	}

	/** Called when the codec requests buffers. */
	@Override
	public void request(long n) {
		if (Operators.validate(n)) {
			Operators.addCap(BUFFERS, this, n);
			drain();
		}
	}

	/** Called when the codec can't continue. */
	@Override
	public void cancel() {
		this.stream.close();
	}

	/** Called when the reader requests elements. */
	void wantElements(long n) {
		Operators.addCap(DEMAND, this, n);
		drain();
	}

	/** Called when the codec has emitted an element. */
	void produced() {
		this.awaited = true;
		Operators.produced(ELEMENTS, this, 1);
	}

	/** Returns whether an element is requested and the data for it has not arrived. */
	boolean isWaiting() {
		return this.asked && this.elements > 0;
	}

	/** Called when the whole body has arrived. */
	void completed() {
		this.complete = true;
		drain();
	}

	/** Called when a failure has ended the body. */
	void failed(EasException reason) {
		this.failure = reason;
		drain();
	}

	/** Discards all data that still arrives. */
	void drop() {
		this.dropped = true;
	}

	/**
	 * Closes the connection. If the body is not being read yet, the connection is closed
	 * on the event loop, because on another thread it might already belong to another
	 * response.
	 */
	void close() {
		Subscription known = this.body;
		if (known != null) {
			known.cancel();
		}
		else {
			this.loop.execute(this.connection::dispose);
		}
	}

	/** Returns the event loop of the connection. */
	EventLoop loop() {
		return this.loop;
	}

	/**
	 * Runs a task on the event loop of the connection, after data that has already
	 * arrived has been read. No data is received while the task runs.
	 * @throws java.util.concurrent.RejectedExecutionException if the loop is shut down
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the task
	void runAfterReading(Runnable task) {
		this.loop.execute(() -> this.loop.schedule(task, READING_MILLIS, TimeUnit.MILLISECONDS));
	}

	/** Does the pending work, or leaves it to the thread that is already draining. */
	private void drain() {
		int done = this.work.getAndIncrement() + 1;
		if (done > 1) {
			return;
		}
		while (done != 0) {
			try {
				passDemand();
				passBuffer();
				passEnd();
				ask();
			}
			catch (Throwable ex) {
				this.stream.broken(ex);
			}
			done = this.work.addAndGet(-done);
		}
	}

	private void passDemand() {
		long n = DEMAND.getAndSet(this, 0);
		if (n > 0) {
			if (Operators.addCap(ELEMENTS, this, n) <= 0) {
				this.awaited = true;
			}
			this.stream.elements().requestOfCodec(n);
		}
	}

	private void passBuffer() {
		DataBuffer next = this.buffer;
		if (next == null) {
			return;
		}
		this.buffer = null;
		if (this.dropped) {
			DataBufferUtils.release(next);
		}
		else {
			Operators.produced(BUFFERS, this, 1);
			codec().onNext(next);
		}
	}

	private void passEnd() {
		EasException last = this.failure;
		if (this.complete) {
			this.complete = false;
			codec().onComplete();
		}
		else if (last != null && this.elements > 0) {
			this.failure = null;
			codec().onError(last);
		}
	}

	private void ask() {
		if (this.elements <= 0 || this.stream.isEnded()) {
			return;
		}
		if (this.awaited) {
			this.awaited = false;
			this.deadline.restart();
		}
		Subscription known = this.body;
		if (this.buffers > 0 && !this.asked && this.buffer == null && known != null) {
			this.asked = true;
			known.request(1);
		}
	}

}
