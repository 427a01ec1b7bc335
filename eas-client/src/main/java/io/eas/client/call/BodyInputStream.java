package io.eas.client.call;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * The body of a response for a thread that reads it. It holds a few buffers; the rest
 * stays with the instance until it is read. Interrupting the thread cancels the call, and
 * so does closing the stream before its end. To be read by one thread at a time; any
 * thread may close it.
 */
final class BodyInputStream extends InputStream implements CoreSubscriber<DataBuffer> {

	/** Number of buffers that arrive without being read. */
	private static final int PREFETCH = 8;

	/** Marks the end without a failure. */
	private static final Object END = new Object();

	/** Wakes the reader when another thread closes the stream. */
	private static final Object CLOSED = new Object();

	/** Arrays of bytes, followed by {@link #END}, an exception or {@link #CLOSED}. */
	private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();

	private volatile @Nullable Subscription subscription;

	private volatile boolean closed;

	private byte[] current = new byte[0];

	private int position;

	/** The end, once it has been read. */
	private @Nullable Object end;

	private BodyInputStream() {
	}

	/** Starts to read a body. */
	static BodyInputStream of(Flux<DataBuffer> body) {
		BodyInputStream stream = new BodyInputStream();
		body.subscribe(stream);
		return stream;
	}

	@Override
	public void onSubscribe(Subscription started) {
		this.subscription = started;
		started.request(PREFETCH);
	}

	/** Copies a buffer, so that nothing has to be released by whoever reads. */
	@Override
	public void onNext(DataBuffer buffer) {
		byte[] bytes = new byte[buffer.readableByteCount()];
		buffer.read(bytes);
		DataBufferUtils.release(buffer);
		this.arrived.add(bytes);
	}

	@Override
	public void onError(Throwable failure) {
		this.arrived.add(failure);
	}

	@Override
	public void onComplete() {
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
			close();
			Thread.currentThread().interrupt();
			InterruptedIOException interrupted = new InterruptedIOException(
					"the thread was interrupted while it waited for the answer, and the call is cancelled");
			interrupted.initCause(ex);
			throw interrupted;
		}
	}

	/** Ends the call if its body hasn't arrived as a whole. */
	@Override
	public void close() {
		this.closed = true;
		this.arrived.add(CLOSED);
		Subscription known = this.subscription;
		if (known != null) {
			known.cancel();
		}
	}

}
