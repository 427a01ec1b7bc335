package io.eas.ai;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.eas.ai.AliasCall.Head;
import io.eas.client.EasTimeoutException;
import okhttp3.Call;
import okio.Buffer;
import okio.Source;
import okio.Timeout;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.scheduler.Schedulers;

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
	 * How often a thread that waits looks for a cancellation, in milliseconds. OkHttp
	 * reports it only to the event listener of the client, which Spring AI doesn't allow
	 * to set.
	 */
	private static final int LOOK_MILLIS = 100;

	/**
	 * The same for event streams, of which there are many, and which Spring AI closes.
	 */
	private static final int LOOK_IN_STREAM_MILLIS = 1000;

	/** How long a closed body of unknown length may take to end, in milliseconds. */
	private static final int END_MILLIS = 1000;

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

	/** The number of bytes that the headers announce, or -1. */
	private volatile long length = -1;

	/** The number of bytes that have arrived. */
	private final AtomicLong received = new AtomicLong();

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
		this.length = head.headers().getContentLength();
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

	/** Never throws, so that whoever reads is told of each failure. */
	@Override
	public void onNext(DataBuffer buffer) {
		try {
			byte[] bytes = copy(buffer);
			this.received.addAndGet(bytes.length);
			this.meters.read(bytes);
			this.arrived.add(bytes);
		}
		catch (Throwable ex) {
			cancel();
			onError(ex);
		}
		if (this.closed) {
			cancel();
		}
	}

	/** Copies a buffer, so that nothing has to be released by whoever reads. */
	private static byte[] copy(DataBuffer buffer) {
		try {
			byte[] bytes = new byte[buffer.readableByteCount()];
			buffer.read(bytes);
			return bytes;
		}
		finally {
			DataBufferUtils.release(buffer);
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
		int look = this.events ? LOOK_IN_STREAM_MILLIS : LOOK_MILLIS;
		try {
			while (next == null) {
				if (this.call.isCanceled()) {
					cancel();
					throw new IOException("Canceled");
				}
				next = this.closed ? CLOSED : this.arrived.poll(look, TimeUnit.MILLISECONDS);
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
	 * Ends the call unless the end of the body is due. Never waits: readers of JSON close
	 * a body before they have seen its end, and the connection can then be used again.
	 */
	@Override
	public void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		this.arrived.add(CLOSED);
		if (this.over) {
			return;
		}
		boolean unread = this.arrived.size() > 1;
		if (this.events || ((this.length < 0) ? unread : this.received.get() < this.length)) {
			cancel();
		}
		else {
			Schedulers.parallel().schedule(this::cancel, END_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	private void cancel() {
		Subscription known = this.subscription;
		if (known != null) {
			known.cancel();
		}
	}

}
