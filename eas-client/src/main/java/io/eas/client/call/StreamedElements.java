package io.eas.client.call;

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
 * Passes what a codec reads from an {@link AnswerStream} on to the reader, and what the
 * reader wants on to the stream.
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
	 * The reader as the codec sees it, and the stream as the reader does.
	 */
	static final class Reader<T> implements CoreSubscriber<T>, Subscription {

		private final CoreSubscriber<? super T> actual;

		private final AnswerStream stream;

		private @Nullable Subscription elements;

		Reader(CoreSubscriber<? super T> actual, AnswerStream stream) {
			this.actual = actual;
			this.stream = stream;
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
				this.stream.wantElements(n, known);
			}
		}

		@Override
		public void onNext(T element) {
			if (!this.stream.takeElement()) {
				discard(element);
				return;
			}
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
			if (this.stream.tellFailed(known)) {
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
			if (this.stream.tellAnswered()) {
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
			this.stream.leave();
			Subscription known = this.elements;
			if (known != null) {
				known.cancel();
			}
		}

	}

}
