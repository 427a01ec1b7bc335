package io.eas.ai;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
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
 * The body of a response for OkHttp, which also waits for the response headers. Like any
 * {@link Source}, it is read by one thread at a time, and any thread may close it. Only a
 * few buffers are prefetched; the instance sends more only when these are read. The call
 * to the instance is cancelled if OkHttp's call is cancelled, if the waiting thread is
 * interrupted, or if the body is closed before its end.
 */
final class AliasBody implements CoreSubscriber<DataBuffer>, Source {

	/** The number of buffers that are requested before they are read. */
	private static final int PREFETCH = 8;

	/**
	 * The interval at which a waiting thread checks for a cancellation, in milliseconds.
	 * OkHttp reports cancellations only to the event listener of its client, which Spring
	 * AI doesn't allow to set.
	 */
	private static final int LOOK_MILLIS = 100;

	/**
	 * The interval of these checks for event streams, in milliseconds. It is longer,
	 * because there are many streams, and Spring AI closes the cancelled ones.
	 */
	private static final int LOOK_IN_STREAM_MILLIS = 1000;

	/**
	 * How long a closed body may take to end, in milliseconds, if all its bytes seem to
	 * have arrived.
	 */
	private static final int END_MILLIS = 1000;

	/** The event after which OpenAI's library closes a stream, and the engine ends it. */
	private static final String DONE = "data: [DONE]";

	/** The number of last bytes in which {@link #DONE} is looked for. */
	private static final int TAIL = 32;

	/** Marks the end of the body without a failure. */
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

	/** Whether the response has ended or failed. */
	private volatile boolean over;

	private volatile boolean closed;

	/** The last bytes that have arrived, as ISO 8859-1. */
	private volatile String tail = "";

	private byte[] current = new byte[0];

	private int position;

	/** The end marker or the failure, once the reader has reached it. */
	private @Nullable Object end;

	/**
	 * Creates the body of a call that has not been made.
	 * @param alias the alias of the service
	 * @param call the call of OkHttp
	 * @param meters receives the bytes of the body
	 */
	AliasBody(String alias, Call call, StreamMeters meters) {
		this.alias = alias;
		this.call = call;
		this.meters = meters;
	}

	/** Passes on the headers. Called once, before any byte of the body arrives. */
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

	/** Never throws an exception; the reader gets each failure instead. */
	@Override
	public void onNext(DataBuffer buffer) {
		try {
			byte[] bytes = copy(buffer);
			this.received.addAndGet(bytes.length);
			this.meters.read(bytes);
			if (this.events) {
				this.tail = tail(this.tail, bytes);
			}
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

	private static String tail(String before, byte[] bytes) {
		int length = Math.min(bytes.length, TAIL);
		String text = before + new String(bytes, bytes.length - length, length, StandardCharsets.ISO_8859_1);
		return text.substring(Math.max(0, text.length() - TAIL));
	}

	/** Copies and releases a buffer, so that the reader need not release anything. */
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

	/** Waits for the next element: the headers, bytes, the end or a failure. */
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

	/** Converts a failure into an {@link IOException}, as OkHttp requires. */
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
	 * Cancels the call, unless only the end of the body is missing. JSON parsers close a
	 * body before they have read its end; the connection can be reused if the end then
	 * arrives in time. Never blocks.
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
		boolean more = this.events ? !this.tail.contains(DONE)
				: (this.length < 0) ? unread : this.received.get() < this.length;
		if (more) {
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
