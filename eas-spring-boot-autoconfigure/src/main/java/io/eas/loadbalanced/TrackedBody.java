package io.eas.loadbalanced;

import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.selection.TrackedAttempt;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * The body of a response to a {@code WebClient}. The attempt ends when the body is
 * complete, breaks off or is cancelled.
 */
final class TrackedBody extends FluxOperator<DataBuffer, DataBuffer> {

	private final TrackedAttempt attempt;

	private final Outcome outcome;

	/**
	 * Creates a tracked body.
	 * @param body the body
	 * @param attempt the attempt
	 * @param outcome the outcome of the attempt if the body is complete
	 */
	TrackedBody(Flux<DataBuffer> body, TrackedAttempt attempt, Outcome outcome) {
		super(body);
		this.attempt = attempt;
		this.outcome = outcome;
	}

	@Override
	public void subscribe(CoreSubscriber<? super DataBuffer> actual) {
		this.source.subscribe(new Watch(actual, this.attempt, this.outcome));
	}

	/** Ends the attempt. */
	private static final class Watch extends AttemptSubscriber<DataBuffer> {

		private final Outcome outcome;

		private volatile boolean begun;

		Watch(CoreSubscriber<? super DataBuffer> actual, TrackedAttempt attempt, Outcome outcome) {
			super(actual, attempt);
			this.outcome = outcome;
		}

		@Override
		DataBuffer seen(DataBuffer value) {
			if (!this.begun) {
				this.begun = true;
				this.attempt.answering(this.outcome);
			}
			return value;
		}

		/**
		 * Ends the attempt. The outcome is that of the status if the status is conclusive
		 * without the body, or if the body has begun, since the caller then has an
		 * answer. Otherwise the attempt counts as cancelled.
		 */
		@Override
		public void cancel() {
			boolean told = this.begun || this.outcome != Outcome.ANSWERED;
			this.attempt.end(told ? this.outcome : Outcome.CANCELLED);
			super.cancel();
		}

		@Override
		void completed() {
			this.attempt.end(this.outcome);
		}

	}

}
