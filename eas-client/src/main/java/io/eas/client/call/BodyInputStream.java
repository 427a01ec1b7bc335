package io.eas.client.call;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.netty.util.Timer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Input stream with the body of a response. It holds a few buffers in memory; the rest of
 * the body stays with the instance until it is read. Interrupting the reading thread
 * cancels the call. Closing the stream before its end also cancels the call, unless only
 * a few buffers are missing and arrive soon. If they do, the connection can be reused.
 * This matters because readers often close a stream before they have seen its end. Only
 * one thread at a time may read; any thread may close the stream.
 */
final class BodyInputStream extends InputStream implements CoreSubscriber<DataBuffer> {

	/** Number of buffers that are requested in advance. */
	private static final int PREFETCH = 8;

	/**
	 * How long the rest of a body may take to arrive after the stream has been closed, in
	 * milliseconds.
	 */
	private static final int LINGER_MILLIS = 500;

	/** Marks the end without a failure. */
	private static final Object END = new Object();

	/** Wakes the reader when another thread closes the stream. */
	private static final Object CLOSED = new Object();

	/** Arrays of bytes, followed by {@link #END}, an exception or {@link #CLOSED}. */
	private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();

	private final Timer timer;

	private final boolean lingers;

	private volatile @Nullable Subscription subscription;

	/** Whether nothing more arrives. */
	private volatile boolean over;

	private volatile boolean closed;

	private byte[] current = new byte[0];

	private int position;

	/** The end, once it has been read. */
	private @Nullable Object end;

	private BodyInputStream(Timer timer, boolean lingers) {
		this.timer = timer;
		this.lingers = lingers;
	}

	/**
	 * Starts to read a body.
	 * @param body the body
	 * @param timer cancels the call if the rest of the body doesn't arrive soon after the
	 * stream has been closed
	 * @param lingers whether the rest of the body may still arrive after the stream has
	 * been closed; if false, closing cancels the call
	 */
	static BodyInputStream of(Flux<DataBuffer> body, Timer timer, boolean lingers) {
		BodyInputStream stream = new BodyInputStream(timer, lingers);
		body.subscribe(stream);
		return stream;
	}

	@Override
	public void onSubscribe(Subscription started) {
		this.subscription = started;
		started.request(PREFETCH);
	}

	/** Copies a buffer, so that the reader of the stream doesn't have to release it. */
	@Override
	public void onNext(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		this.arrived.add(bytes);
		if (this.closed && isFull()) {
			cancel();
		}
	}

	/** Returns whether all requested buffers have arrived after the stream was closed. */
	private boolean isFull() {
		return this.arrived.size() > PREFETCH;
	}

	@Override
	public void onError(Throwable failure) {
		this.over = true;
		this.arrived.add(failure);
	}

	@Override
	public void onComplete() {
		this.over = true;
		this.arrived.add(END);
	}

	@Override
	public int read() throws IOException {
		return isMore() ? this.current[this.position++] & 0xFF : -1;
	}

	@Override
	public int read(byte[] target, int offset, int length) throws IOException {
		Objects.checkFromIndexSize(offset, length, target.length);
		if (length == 0) {
			return 0;
		}
		if (!isMore()) {
			return -1;
		}
		int count = Math.min(length, available());
		System.arraycopy(this.current, this.position, target, offset, count);
		this.position += count;
		return count;
	}

	@Override
	public int available() {
		return this.current.length - this.position;
	}

	/** Waits for the next byte; returns false at the end. */
	private boolean isMore() throws IOException {
		while (available() == 0) {
			Object next = take();
			if (!(next instanceof byte[] bytes)) {
				this.end = next;
				return isMore(next);
			}
			this.current = bytes;
			this.position = 0;
			Subscription known = this.subscription;
			if (known != null) {
				known.request(1);
			}
		}
		return true;
	}

	private static boolean isMore(Object end) throws IOException {
		if (end == END) {
			return false;
		}
		if (end instanceof Error error) {
			throw error;
		}
		throw ServiceRequestFactory.failure((Throwable) end);
	}

	private Object take() throws IOException {
		Object known = this.end;
		try {
			Object next = this.closed ? CLOSED : (known != null) ? known : this.arrived.take();
			if (next == CLOSED) {
				throw new IOException("the response is closed");
			}
			return next;
		}
		catch (InterruptedException ex) {
			this.closed = true;
			cancel();
			Thread.currentThread().interrupt();
			InterruptedIOException interrupted = new InterruptedIOException(
					"the thread was interrupted while it waited for the answer, and the call is cancelled");
			interrupted.initCause(ex);
			throw interrupted;
		}
	}

	/**
	 * Closes the stream. The call is cancelled if the rest of the body doesn't arrive
	 * soon. Never blocks.
	 */
	@Override
	public void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		this.arrived.add(CLOSED);
		if (!this.over && (!this.lingers || isFull() || !cancelLater())) {
			cancel();
		}
	}

	/**
	 * Schedules the cancellation of the call. Returns false if the timer has been
	 * stopped.
	 */
	private boolean cancelLater() {
		try {
			this.timer.newTimeout((due) -> cancel(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
			return true;
		}
		catch (IllegalStateException ex) {
			return false;
		}
	}

	private void cancel() {
		Subscription known = this.subscription;
		if (known != null) {
			known.cancel();
		}
	}

}
