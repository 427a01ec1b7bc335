package io.eas.client.call;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import io.eas.client.EasException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Operators;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * The demand for a stream, and the data that has arrived. Both meet in {@link #drain},
 * which only one thread at a time executes; nothing else calls the codec.
 *
 * <p>
 * Codecs request many buffers in advance. They receive one after the other, and only
 * while elements are requested that the codec doesn't have:
 *
 * <pre>
 *   reader --wantElements--> demand --> elements --> codec     elements that it has go to the reader
 *   codec  --wantBuffers---> buffers                           elements and buffers above 0:
 *                                       asked ----> connection one buffer is requested
 *   connection --arrived---> buffer ---------------> codec
 *   connection --complete--> complete -------------> codec     at once, it may hold elements back
 *   connection --fail------> failure --------------> codec     once requested elements are missing
 * </pre>
 *
 * Thread-safe.
 */
final class StreamDemand {

	private static final AtomicLongFieldUpdater<StreamDemand> DEMAND = AtomicLongFieldUpdater
		.newUpdater(StreamDemand.class, "demand");

	private static final AtomicLongFieldUpdater<StreamDemand> ELEMENTS = AtomicLongFieldUpdater
		.newUpdater(StreamDemand.class, "elements");

	private static final AtomicLongFieldUpdater<StreamDemand> BUFFERS = AtomicLongFieldUpdater
		.newUpdater(StreamDemand.class, "buffers");

	private final AnswerStream stream;

	private final StreamedBytes bytes;

	private final StreamDeadline deadline;

	/** The amount of pending work, above 0 while a thread is draining. */
	private final AtomicInteger work = new AtomicInteger();

	/**
	 * Elements that the reader has requested and that have not been requested from the
	 * codec.
	 */
	@SuppressWarnings("UnusedVariable") // accessed through DEMAND
	private volatile long demand;

	/** Elements that the codec has been asked for and has not emitted. */
	private volatile long elements;

	/** Buffers that the codec has requested and has not received. */
	private volatile long buffers;

	/** Whether a buffer has been requested from the connection and has not arrived. */
	private volatile boolean asked;

	/** The buffer that has arrived. */
	private volatile @Nullable DataBuffer buffer;

	/** Whether the wait for an element starts over. */
	private volatile boolean awaited = true;

	/** Whether the whole body has arrived and the codec has not been notified. */
	private volatile boolean complete;

	/** Why nothing more arrives, until the codec is notified. */
	private volatile @Nullable EasException failure;

	/** Whether the data that still arrives is discarded. */
	private volatile boolean dropped;

	/**
	 * Creates a demand of zero.
	 * @param stream the stream
	 * @param bytes requests buffers from the connection, and passes received ones to the
	 * codec
	 * @param deadline watches the wait for an element
	 */
	StreamDemand(AnswerStream stream, StreamedBytes bytes, StreamDeadline deadline) {
		this.stream = stream;
		this.bytes = bytes;
		this.deadline = deadline;
	}

	/**
	 * Returns whether an element is requested and the instance is the one that delays it.
	 */
	boolean isWaiting() {
		return this.asked && this.elements > 0;
	}

	/** Called when the reader requests elements. */
	void wantElements(long n) {
		Operators.addCap(DEMAND, this, n);
		drain();
	}

	/** Called when the codec requests buffers. */
	void wantBuffers(long n) {
		Operators.addCap(BUFFERS, this, n);
		drain();
	}

	/**
	 * Called when a buffer has arrived.
	 * @param next the buffer for the codec; null if it was empty
	 */
	void arrived(@Nullable DataBuffer next) {
		this.buffer = next;
		this.asked = false;
		drain();
	}

	/** Called when the whole body has arrived. */
	void complete() {
		this.complete = true;
		drain();
	}

	/** Called when nothing more arrives because of a failure. */
	void fail(EasException reason) {
		this.failure = reason;
		drain();
	}

	/** Discards the data that still arrives. */
	void drop() {
		this.dropped = true;
	}

	/** Called when the codec has emitted an element. */
	void produced() {
		this.awaited = true;
		Operators.produced(ELEMENTS, this, 1);
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
			this.bytes.pass(next);
		}
	}

	private void passEnd() {
		EasException last = this.failure;
		if (this.complete) {
			this.complete = false;
			this.bytes.complete();
		}
		else if (last != null && this.elements > 0) {
			this.failure = null;
			this.bytes.fail(last);
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
		if (this.buffers > 0 && !this.asked && this.buffer == null && this.bytes.isConnected()) {
			this.asked = true;
			this.bytes.ask();
		}
	}

}
