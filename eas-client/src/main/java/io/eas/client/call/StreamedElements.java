package io.eas.client.call;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import io.eas.client.EasException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * What is read from an {@link AnswerStream}. The stream is asked for more only while its
 * reader wants elements that aren't there yet, however much a codec would like to have in
 * advance; and the call hears here how its stream has ended, for the reader.
 *
 * @param <T> the type of the elements
 */
final class StreamedElements<T> extends FluxOperator<T, T> {

	private final AnswerStream stream;

	/**
	 * The elements of a stream.
	 * @param elements read by a codec
	 * @param stream what they are read from
	 */
	StreamedElements(Flux<T> elements, AnswerStream stream) {
		super(elements);
		this.stream = stream;
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		Reader<T> reader = new Reader<>(actual, this.stream);
		try {
			this.source.subscribe(reader);
		}
		catch (Throwable ex) {
			reader.unsubscribed(ex);
		}
	}

	/**
	 * Passes on what is read, and takes note of what is wanted.
	 */
	static final class Reader<T> implements CoreSubscriber<T>, Subscription {

		@SuppressWarnings("rawtypes") // a class of a generic type can't be named
		private static final AtomicLongFieldUpdater<Reader> WANTED = AtomicLongFieldUpdater.newUpdater(Reader.class,
				"wanted");

		private final CoreSubscriber<? super T> actual;

		private final AnswerStream stream;

		private final AtomicBoolean over = new AtomicBoolean();

		/** Elements that were asked for and aren't there. */
		private volatile long wanted;

		/** Those who are just asking the codec for what it has. */
		private final AtomicInteger asking = new AtomicInteger();

		private @Nullable Subscription elements;

		Reader(CoreSubscriber<? super T> actual, AnswerStream stream) {
			this.actual = actual;
			this.stream = stream;
		}

		/** Whether it wants what the codec hasn't; whoever is asking will see. */
		boolean wantsMore() {
			return this.asking.get() == 0 && this.wanted > 0;
		}

		@Override
		public Context currentContext() {
			return this.actual.currentContext();
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.elements = subscription;
			this.stream.readBy(this);
			this.actual.onSubscribe(this);
		}

		@Override
		public void request(long n) {
			Subscription known = this.elements;
			if (Operators.validate(n) && known != null) {
				this.asking.incrementAndGet();
				try {
					Operators.addCap(WANTED, this, n);
					known.request(n);
				}
				catch (Throwable ex) {
					this.stream.broken(ex);
				}
				finally {
					this.asking.decrementAndGet();
				}
				this.stream.goOn();
			}
		}

		/** What comes after the end has been read in advance. */
		@Override
		public void onNext(T element) {
			if (this.over.get()) {
				discard(element);
				return;
			}
			Operators.produced(WANTED, this, 1);
			try {
				this.actual.onNext(element);
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
				Operators.onDiscard(element, currentContext());
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

		/** Nobody may have been told that there is a stream. */
		void unsubscribed(Throwable failure) {
			if (this.elements == null) {
				this.elements = Operators.emptySubscription();
				this.actual.onSubscribe(this.elements);
			}
			this.stream.cancel();
			onError(failure);
			Failures.escalate(failure);
		}

		@Override
		public void onError(Throwable failure) {
			EasException known = this.stream.unreadable(failure);
			if (this.over.compareAndSet(false, true)) {
				this.stream.tellFailed(known);
				tell(known);
			}
			else {
				Operators.onErrorDropped(known, currentContext());
			}
		}

		/** A subscriber that can't even hear of a failure keeps nothing from its end. */
		private void tell(Throwable failure) {
			try {
				this.actual.onError(failure);
			}
			catch (Throwable ex) {
				Operators.onErrorDropped(ex, currentContext());
			}
		}

		@Override
		public void onComplete() {
			if (this.over.compareAndSet(false, true)) {
				this.stream.tellAnswered();
				try {
					this.actual.onComplete();
				}
				catch (Throwable ex) {
					thrown(ex);
				}
			}
		}

		/** The reader has had enough, and a codec hasn't. */
		@Override
		public void cancel() {
			if (this.over.compareAndSet(false, true)) {
				this.stream.abandon();
				this.stream.tellCancelled();
			}
			Subscription known = this.elements;
			if (known != null) {
				known.cancel();
			}
		}

	}

}
