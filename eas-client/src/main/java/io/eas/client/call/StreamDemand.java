package io.eas.client.call;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import io.eas.client.EasException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Operators;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * What is wanted of a stream, and what has come. Both meet in {@link #drain}, by one
 * thread at a time; nothing else calls the codec.
 *
 * <p>
 * Codecs want many buffers in advance. They get one after the other, and only while
 * elements are wanted that the codec hasn't:
 *
 * <pre>
 *   reader --wantElements--> demand --> elements --> codec     has it any, they go to the reader
 *   codec  --wantBuffers---> buffers                           elements and buffers above 0:
 *                                       asked ----> connection one is asked for
 *   connection --arrived---> buffer ---------------> codec
 *   connection --complete--> complete -------------> codec     at once, it may hold elements back
 *   connection --fail------> failure --------------> codec     once it has none that are wanted
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

	/** How much there is to do, above 0 while somebody is at it. */
	private final AtomicInteger work = new AtomicInteger();

	/** Elements that the reader wants, before the codec knows. */
	@SuppressWarnings("UnusedVariable") // through DEMAND
	private volatile long demand;

	/** Elements that the codec has been asked for and hasn't given. */
	private volatile long elements;

	/** Buffers that the codec has asked for and hasn't got. */
	private volatile long buffers;

	/** A buffer has been asked of the connection and hasn't come. */
	private volatile boolean asked;

	/** The buffer that has come. */
	private volatile @Nullable DataBuffer buffer;

	/** The wait for an element begins anew. */
	private volatile boolean awaited = true;

	/** The whole body has come, which the codec doesn't know. */
	private volatile boolean complete;

	/** Why nothing more comes, which the codec doesn't know. */
	private volatile @Nullable EasException failure;

	/** Nobody wants what still comes. */
	private volatile boolean dropped;

	/**
	 * Nothing is wanted yet.
	 * @param stream the stream
	 * @param bytes asks the connection, and passes to the codec what has come
	 * @param deadline watches the wait for an element
	 */
	StreamDemand(AnswerStream stream, StreamedBytes bytes, StreamDeadline deadline) {
		this.stream = stream;
		this.bytes = bytes;
		this.deadline = deadline;
	}

	/** Whether an element is wanted and the instance is to blame that there is none. */
	boolean isWaiting() {
		return this.asked && this.elements > 0;
	}

	/** The reader wants more elements. */
	void wantElements(long n) {
		Operators.addCap(DEMAND, this, n);
		drain();
	}

	/** The codec wants more buffers. */
	void wantBuffers(long n) {
		Operators.addCap(BUFFERS, this, n);
		drain();
	}

	/**
	 * A buffer has come.
	 * @param next for the codec; null if there was nothing in it
	 */
	void arrived(@Nullable DataBuffer next) {
		this.buffer = next;
		this.asked = false;
		drain();
	}

	/** The whole body has come. */
	void complete() {
		this.complete = true;
		drain();
	}

	/** Nothing more comes. */
	void fail(EasException reason) {
		this.failure = reason;
		drain();
	}

	/** Nobody wants what still comes. */
	void drop() {
		this.dropped = true;
	}

	/** The codec has given an element. */
	void produced() {
		this.awaited = true;
		Operators.produced(ELEMENTS, this, 1);
	}

	/** Does what there is to do, or leaves it to who is at it. */
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
