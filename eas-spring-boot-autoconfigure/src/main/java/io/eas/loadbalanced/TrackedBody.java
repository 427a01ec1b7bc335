package io.eas.loadbalanced;

import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.selection.TrackedAttempt;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * The body of an answer, with which an attempt of a {@code WebClient} ends: when it is
 * complete, breaks off or is wanted no longer.
 */
final class TrackedBody extends FluxOperator<DataBuffer, DataBuffer> {

	private final TrackedAttempt attempt;

	private final Outcome outcome;

	/**
	 * A body.
	 * @param body as it is
	 * @param attempt the attempt
	 * @param outcome how it ends where the body is complete
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

	/**
	 * Sees the end.
	 */
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
		 * A status that says something has said it, whoever wants to read the rest; and
		 * whose reader has enough has been answered.
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
