package io.eas.ai;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.eas.ai.AliasCall.Head;
import io.eas.client.EasTimeoutException;
import okhttp3.Call;
import okio.Buffer;
import okio.Source;
import okio.Timeout;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * The body of a response for OkHttp, and the wait for its headers. It is read as any
 * {@link Source}: by one thread at a time, and closed by any. Few buffers are held; the
 * rest stays with the instance until it is read. If OkHttp's call is cancelled, the
 * thread that waits is interrupted, or the body is closed before its end, the call to the
 * instance is cancelled.
 */
final class AliasBody implements CoreSubscriber<DataBuffer>, Source {

	/** Number of buffers that arrive without being read. */
	private static final int PREFETCH = 8;

	/**
	 * How often a thread that waits looks for a cancellation, which OkHttp reports to
	 * nobody, in milliseconds.
	 */
	private static final int LOOK_MILLIS = 100;

	/** Marks the end without a failure. */
	private static final Object END = new Object();

	/** Wakes the reader when another thread closes the body. */
	private static final Object CLOSED = new Object();

	private final String alias;

	private final Call call;

	private final StreamMeters meters;

	/**
	 * The {@link Head}, followed by arrays of bytes, and by {@link #END}, an exception or
	 * {@link #CLOSED}.
	 */
	private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();

	private volatile @Nullable Subscription subscription;

	/** Whether the body is an event stream. */
	private volatile boolean events;

	/** Whether nothing more arrives. */
	private volatile boolean over;

	private volatile boolean closed;

	private byte[] current = new byte[0];

	private int position;

	/** The end, once it has been read. */
	private @Nullable Object end;

	/**
	 * Creates the body of a call that has not been made.
	 * @param alias the alias of the service
	 * @param call the call of OkHttp
	 * @param meters notified of the bytes of the body
	 */
	AliasBody(String alias, Call call, StreamMeters meters) {
		this.alias = alias;
		this.call = call;
		this.meters = meters;
	}

	/** Called once, before anything of the body arrives. */
	void start(Head head) {
		this.events = head.events();
		this.arrived.add(head);
	}

	/** Waits for the headers. */
	Head takeHead() throws IOException {
		Object first = take();
		if (first instanceof Head head) {
			return head;
		}
		throw failure((first instanceof Throwable failure) ? failure
				: new IOException(this.alias + ": the call ended without a response"), "");
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
		this.meters.read(bytes);
		this.arrived.add(bytes);
		if (this.closed) {
			cancel();
		}
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
	public long read(Buffer sink, long limit) throws IOException {
		while (this.position == this.current.length) {
			Object next = take();
			if (!(next instanceof byte[] bytes)) {
				this.end = next;
				if (next instanceof Throwable failure) {
					throw failure(failure, this.meters.hasRead() ? "; received before: " + this.meters : "");
				}
				return -1;
			}
			this.current = bytes;
			this.position = 0;
			Subscription known = this.subscription;
			if (known != null) {
				known.request(1);
			}
		}
		int count = (int) Math.min(limit, this.current.length - this.position);
		sink.write(this.current, this.position, count);
		this.position += count;
		return count;
	}

	/** Waits for what comes next. */
	private Object take() throws IOException {
		Object next = this.end;
		try {
			while (next == null) {
				if (this.call.isCanceled()) {
					cancel();
					throw new IOException("Canceled");
				}
				next = this.closed ? CLOSED : this.arrived.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
			}
		}
		catch (InterruptedException ex) {
			cancel();
			Thread.currentThread().interrupt();
			InterruptedIOException interrupted = new InterruptedIOException(this.alias
					+ ": the thread was interrupted while it waited for the answer, and the call is cancelled");
			interrupted.initCause(ex);
			throw interrupted;
		}
		if (next == CLOSED) {
			throw new IOException("closed");
		}
		return next;
	}

	/** Converts a failure into one of OkHttp's. */
	private static IOException failure(Throwable failure, String progress) {
		String message = ((failure.getMessage() != null) ? failure.getMessage() : failure) + progress;
		IOException converted = (failure instanceof EasTimeoutException) ? new SocketTimeoutException(message)
				: new IOException(message);
		converted.initCause(failure);
		return converted;
	}

	@Override
	public Timeout timeout() {
		return Timeout.NONE;
	}

	/**
	 * Ends the call if its body doesn't arrive as a whole. Never waits: readers of JSON
	 * close a body before they have seen its end, which is about to come, and the
	 * connection can then be used again.
	 */
	@Override
	public void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		this.arrived.add(CLOSED);
		if (!this.over && (this.events || this.arrived.size() > 1)) {
			cancel();
		}
	}

	private void cancel() {
		Subscription known = this.subscription;
		if (known != null) {
			known.cancel();
		}
	}

}
