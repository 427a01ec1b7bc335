package io.eas.client.call;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.eas.client.EasException;
import io.eas.client.codec.CutStreamException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Passes what a codec reads from an {@link AnswerStream} on to the reader, and what the
 * reader wants on to the stream. The first element is read before there is a reader, and
 * waits for it; so does an end that comes right behind. Of one subscription.
 *
 * <p>
 * The reader first gets what has waited, once it asks for anything; whoever asks first
 * passes it on, and what is asked for meanwhile is kept in {@link #early}. From then on,
 * which is {@link #passing}, nothing is in between.
 *
 * @param <T> the type of the elements
 */
final class StreamedElements<T> extends Flux<T> implements CoreSubscriber<T>, Subscription {

	@SuppressWarnings("rawtypes") // a class of a generic type can't be named
	private static final AtomicReferenceFieldUpdater<StreamedElements, Object> FIRST = AtomicReferenceFieldUpdater
		.newUpdater(StreamedElements.class, Object.class, "first");

	@SuppressWarnings("rawtypes")
	private static final AtomicReferenceFieldUpdater<StreamedElements, Object> END = AtomicReferenceFieldUpdater
		.newUpdater(StreamedElements.class, Object.class, "end");

	@SuppressWarnings("rawtypes")
	private static final AtomicLongFieldUpdater<StreamedElements> EARLY = AtomicLongFieldUpdater
		.newUpdater(StreamedElements.class, "early");

	/** An end that is no failure. */
	private static final Object COMPLETE = new Object();

	private final AnswerStream stream;

	private final Context context;

	private @Nullable Subscription codec;

	private volatile @Nullable CoreSubscriber<? super T> actual;

	/** The first element, until it is passed on. */
	private volatile @Nullable Object first;

	/** How the elements have ended, until the reader can be told. */
	@SuppressWarnings("UnusedVariable") // through END
	private volatile @Nullable Object end;

	/** What the reader wants, while it gets what has waited for it. */
	@SuppressWarnings("UnusedVariable") // through EARLY
	private volatile long early;

	/** Whether elements are passed on as they come. */
	private volatile boolean passing;

	/**
	 * The elements of a stream.
	 * @param stream what they are read from
	 * @param context of the call
	 */
	StreamedElements(AnswerStream stream, Context context) {
		this.stream = stream;
		this.context = context;
	}

	@Override
	public Context currentContext() {
		return this.context;
	}

	/** Reads until the first element. */
	void open(Flux<T> decoded) {
		decoded.subscribe(this);
	}

	/** The codec is there. */
	@Override
	public void onSubscribe(Subscription subscription) {
		this.codec = subscription;
		this.stream.demand().wantElements(1);
	}

	/** Asks the codec for elements, which gives those that it has at once. */
	void requestOfCodec(long n) {
		Subscription known = this.codec;
		if (known != null) {
			known.request(n);
		}
	}

	/** The reader is there. */
	@Override
	public void subscribe(CoreSubscriber<? super T> subscriber) {
		boolean empty = this.first == null;
		this.actual = subscriber;
		subscriber.onSubscribe(this);
		if (empty) {
			pass();
		}
	}

	@Override
	public void request(long n) {
		if (!Operators.validate(n)) {
			return;
		}
		if (this.passing) {
			this.stream.demand().wantElements(n);
		}
		else if (Operators.addCap(EARLY, this, n) == 0 || this.passing) {
			pass();
		}
	}

	/** Gives the reader what has waited for it. */
	private void pass() {
		T waiting = takeFirst();
		if (waiting != null) {
			give(waiting);
			Operators.produced(EARLY, this, 1);
		}
		this.passing = true;
		long wanted = EARLY.getAndSet(this, 0);
		if (wanted > 0) {
			this.stream.demand().wantElements(wanted);
		}
		tellEnd();
	}

	@SuppressWarnings("unchecked") // only onNext writes it
	private @Nullable T takeFirst() {
		return (T) FIRST.getAndSet(this, null);
	}

	@Override
	public void onNext(T element) {
		if (this.stream.report().isEnded()) {
			discard(element);
			return;
		}
		this.stream.demand().produced();
		if (this.actual != null) {
			give(element);
		}
		else {
			this.first = element;
			if (!this.stream.begin(false)) {
				drop();
			}
		}
	}

	private void give(T element) {
		CoreSubscriber<? super T> reader = this.actual;
		try {
			if (reader != null) {
				reader.onNext(element);
			}
		}
		catch (Throwable ex) {
			thrown(ex);
		}
	}

	private void discard(T element) {
		if (element instanceof DataBuffer buffer) {
			DataBufferUtils.release(buffer);
		}
		else {
			Operators.onDiscard(element, this.context);
		}
	}

	/**
	 * The subscriber has thrown what Reactor's operators let through, such as a
	 * {@link LinkageError} of its own code. Whoever waits behind it has to know.
	 */
	private void thrown(Throwable failure) {
		cancel();
		tell(failure);
		Failures.escalate(failure);
	}

	@Override
	public void onError(Throwable failure) {
		if (failure instanceof CutStreamException && !isBegun()) {
			this.stream.cut(failure);
			return;
		}
		finish(this.stream.unreadable(failure));
	}

	@Override
	public void onComplete() {
		finish(COMPLETE);
	}

	private boolean isBegun() {
		return this.actual != null || this.first != null;
	}

	/** The codec has come to its end, whether or not it has read all. */
	private void finish(Object how) {
		this.stream.cancel();
		this.end = how;
		if (this.passing) {
			tellEnd();
		}
		else if (!isBegun()) {
			this.stream.begin(true);
		}
	}

	/** Tells how the elements have ended, if they have. */
	private void tellEnd() {
		Object how = END.getAndSet(this, null);
		if (how instanceof EasException failure && this.stream.report().failed(failure)) {
			tell(failure);
		}
		else if (how == COMPLETE && this.stream.report().answered()) {
			complete();
		}
	}

	private void complete() {
		CoreSubscriber<? super T> reader = this.actual;
		try {
			if (reader != null) {
				reader.onComplete();
			}
		}
		catch (Throwable ex) {
			thrown(ex);
		}
	}

	/** A subscriber that can't even hear of a failure keeps nothing from its end. */
	private void tell(Throwable failure) {
		CoreSubscriber<? super T> reader = this.actual;
		try {
			if (reader != null) {
				reader.onError(failure);
			}
		}
		catch (Throwable ex) {
			Operators.onErrorDropped(ex, this.context);
		}
	}

	/** The reader has had enough. */
	@Override
	public void cancel() {
		this.stream.leave();
	}

	/** Nobody wants an element any more, which the codec may not know. */
	void drop() {
		Subscription known = this.codec;
		if (known != null) {
			known.cancel();
		}
		T waiting = takeFirst();
		if (waiting != null) {
			discard(waiting);
		}
	}

}
