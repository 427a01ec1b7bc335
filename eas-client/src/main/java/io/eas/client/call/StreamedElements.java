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
 * Connects the codec of an {@link AnswerStream} to the subscriber: passes the elements
 * that the codec reads to the subscriber, and the demand of the subscriber to the stream.
 * The first element is requested before there is a subscriber. This element, and an end
 * that follows immediately, are kept for the subscriber. For one subscription.
 *
 * <p>
 * When the subscriber first requests elements, it receives the kept element. The thread
 * that makes the first request delivers it; demand that arrives meanwhile is collected in
 * {@link #early}. Afterwards {@link #passing} is true, and signals pass directly.
 *
 * @param <T> the type of the elements
 */
final class StreamedElements<T> extends Flux<T> implements CoreSubscriber<T>, Subscription {

	@SuppressWarnings("rawtypes") // a class literal can't have type arguments
	private static final AtomicReferenceFieldUpdater<StreamedElements, Object> FIRST = AtomicReferenceFieldUpdater
		.newUpdater(StreamedElements.class, Object.class, "first");

	@SuppressWarnings("rawtypes")
	private static final AtomicReferenceFieldUpdater<StreamedElements, Object> END = AtomicReferenceFieldUpdater
		.newUpdater(StreamedElements.class, Object.class, "end");

	@SuppressWarnings("rawtypes")
	private static final AtomicLongFieldUpdater<StreamedElements> EARLY = AtomicLongFieldUpdater
		.newUpdater(StreamedElements.class, "early");

	@SuppressWarnings("rawtypes")
	private static final AtomicReferenceFieldUpdater<StreamedElements, CoreSubscriber> ACTUAL = AtomicReferenceFieldUpdater
		.newUpdater(StreamedElements.class, CoreSubscriber.class, "actual");

	/**
	 * The placeholder for the subscriber of a stream that was released, or ended, before
	 * it had a subscriber.
	 */
	private static final CoreSubscriber<Object> RELEASED = Operators.emptySubscriber();

	/** Marks an end without a failure. */
	private static final Object COMPLETE = new Object();

	private final AnswerStream stream;

	private final Context context;

	private @Nullable Subscription codec;

	private volatile @Nullable CoreSubscriber<? super T> actual;

	/** The first element, until it is delivered. */
	private volatile @Nullable Object first;

	/** The end of the elements, until the subscriber can be notified. */
	@SuppressWarnings("UnusedVariable") // accessed through END
	private volatile @Nullable Object end;

	/** The demand of the subscriber until the kept element has been delivered. */
	@SuppressWarnings("UnusedVariable") // accessed through EARLY
	private volatile long early;

	/** The failure for a subscriber that comes too late. */
	private volatile @Nullable EasException refusal;

	/** Whether elements are delivered as they arrive. */
	private volatile boolean passing;

	/** Whether the caller receives the elements before any of them is read. */
	private boolean unread;

	/**
	 * Creates the elements of a stream.
	 * @param stream the stream from which they are read
	 * @param context the context of the call
	 */
	StreamedElements(AnswerStream stream, Context context) {
		this.stream = stream;
		this.context = context;
	}

	@Override
	public Context currentContext() {
		return this.context;
	}

	/** Subscribes to the codec and reads until the first element. */
	void open(Flux<T> decoded) {
		decoded.subscribe(this);
	}

	/** Subscribes to the elements without requesting any before the subscriber does. */
	void openUnread(Flux<T> elements) {
		this.unread = true;
		elements.subscribe(this);
	}

	/**
	 * Ends the stream unless the caller has subscribed. A later subscriber is refused.
	 */
	void release() {
		if (ACTUAL.compareAndSet(this, null, RELEASED)) {
			cancel();
		}
	}

	/**
	 * Refuses later subscribers because the stream has ended without a subscriber.
	 * @param reason the failure that they receive
	 * @return false if the caller has subscribed, or has released the stream
	 */
	boolean refuse(EasException reason) {
		this.refusal = reason;
		return ACTUAL.compareAndSet(this, null, RELEASED);
	}

	/** Called by the codec on subscription. */
	@Override
	public void onSubscribe(Subscription subscription) {
		this.codec = subscription;
		if (!this.unread) {
			this.stream.bytes().wantElements(1);
		}
	}

	/** Requests elements from the codec, which emits its available elements at once. */
	void requestOfCodec(long n) {
		Subscription known = this.codec;
		if (known != null) {
			known.request(n);
		}
	}

	/** Called when the caller subscribes. */
	@Override
	public void subscribe(CoreSubscriber<? super T> subscriber) {
		boolean empty = this.first == null;
		if (!ACTUAL.compareAndSet(this, null, subscriber)) {
			EasException refused = this.refusal;
			Operators.error(subscriber, (refused != null) ? refused : new IllegalStateException(
					"the response is being read already, or was released when its call was cancelled"));
			return;
		}
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
			this.stream.bytes().wantElements(n);
		}
		else if (Operators.addCap(EARLY, this, n) == 0 || this.passing) {
			pass();
		}
	}

	/** Delivers the elements that were kept for the subscriber. */
	private void pass() {
		T waiting = takeFirst();
		if (waiting != null) {
			give(waiting);
			Operators.produced(EARLY, this, 1);
		}
		this.passing = true;
		long wanted = EARLY.getAndSet(this, 0);
		if (wanted > 0) {
			this.stream.bytes().wantElements(wanted);
		}
		tellEnd();
	}

	@SuppressWarnings("unchecked") // only onNext writes this field
	private @Nullable T takeFirst() {
		return (T) FIRST.getAndSet(this, null);
	}

	@Override
	public void onNext(T element) {
		if (this.stream.report().isEnded()) {
			discard(element);
			return;
		}
		this.stream.bytes().produced();
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
	 * Called when the subscriber has thrown an exception that Reactor's operators don't
	 * catch, such as a {@link LinkageError} of its own code. Subscribers further
	 * downstream must still be notified.
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
		return this.actual != null || this.first != null || this.unread;
	}

	/** Called when the codec has ended, whether or not it has read the whole body. */
	private void finish(Object how) {
		this.stream.close();
		this.end = how;
		if (this.passing) {
			tellEnd();
		}
		else if (!isBegun()) {
			this.stream.begin(true);
		}
	}

	/** Notifies the subscriber of the end, if the elements have ended. */
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

	/**
	 * Notifies the subscriber of a failure. An exception that the subscriber throws must
	 * not prevent the cleanup.
	 */
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

	/** Called when the subscriber cancels. */
	@Override
	public void cancel() {
		this.stream.leave();
	}

	/**
	 * Cancels the codec and discards the kept element, because no element is needed any
	 * longer.
	 */
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
