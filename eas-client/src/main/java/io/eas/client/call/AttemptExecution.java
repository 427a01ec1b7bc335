package io.eas.client.call;

import io.eas.client.request.TimeLimits;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.eas.client.EasException;
import io.eas.http.Answer;
import io.eas.http.ConnectionGuard;
import io.eas.instance.EasInstance;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.selection.TrackedAttempt;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.netty.Connection;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClientRequest;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * One attempt of a call on one instance. Knows whether any part of the request may have
 * reached the instance, and for how long the instance has been silent. An attempt ends
 * once: with a response, a failure, a timeout or a cancellation, whichever comes first.
 *
 * <pre>
 *   from       event                                               to
 *   RUNNING    a whole response, a failure, a timeout,             OVER
 *              a cancellation
 *   RUNNING    the first element of a streamed response            STREAMING
 *   STREAMING  the end of the {@link AnswerStream}, which ends the {@link TrackedAttempt};
 *              the state remains STREAMING
 * </pre>
 */
final class AttemptExecution implements CoreSubscriber<Answer> {

	private static final AtomicReferenceFieldUpdater<AttemptExecution, Subscription> SUBSCRIPTION = AtomicReferenceFieldUpdater
		.newUpdater(AttemptExecution.class, Subscription.class, "subscription");

	private static final AtomicIntegerFieldUpdater<AttemptExecution> PHASE = AtomicIntegerFieldUpdater
		.newUpdater(AttemptExecution.class, "phase");

	private static final int RUNNING = 0;

	/**
	 * The time limits of the attempt no longer apply, but the attempt is still in flight
	 * on its instance.
	 */
	private static final int STREAMING = 1;

	private static final int OVER = 2;

	/** A request up to this size, in bytes, counts as sent as soon as it is written. */
	private static final int SMALL = 16 * 1024;

	private final CallExecution<?> execution;

	private final Call call;

	private final TrackedAttempt tracked;

	private final EasInstance instance;

	private final int number;

	private final Context context;

	@SuppressWarnings("UnusedVariable") // accessed through SUBSCRIPTION
	private volatile @Nullable Subscription subscription;

	@SuppressWarnings("UnusedVariable") // accessed through PHASE
	private volatile int phase;

	private volatile boolean connected;

	private volatile boolean waiting;

	private volatile long waitingSince;

	private long idleNanos = -1;

	private boolean answered;

	/** Whether the response is read as a whole. */
	private volatile boolean collecting;

	/** The stream, if the response is read as one. */
	private volatile @Nullable AnswerStream stream;

	AttemptExecution(CallExecution<?> execution, Call call, TrackedAttempt tracked, int number) {
		this.execution = execution;
		this.call = call;
		this.tracked = tracked;
		this.instance = tracked.instance();
		this.number = number;
		this.context = execution.context().put(AttemptExecution.class, this);
	}

	/** Returns the attempt to which a request, or its response, belongs. */
	static AttemptExecution of(ContextView context) {
		return context.get(AttemptExecution.class);
	}

	/**
	 * Returns the number of attempts of a call, given its newest attempt; 0 if there is
	 * none.
	 */
	static int count(@Nullable AttemptExecution newest) {
		return (newest != null) ? newest.number : 0;
	}

	EasInstance instance() {
		return this.instance;
	}

	/** Returns the number of the attempt, starting at 1. */
	int number() {
		return this.number;
	}

	Call call() {
		return this.call;
	}

	/** Writes the request to the connection, which has just been acquired. */
	Publisher<Void> write(HttpClientRequest request, NettyOutbound outbound) {
		this.call.client().calls().writeTo(this.call.observer(), request.requestHeaders());
		this.tracked.requesting(request.requestHeaders());
		this.call.writeHeaders(request.requestHeaders(), this.number);
		this.waitingSince = this.call.client().nanoTime();
		ConnectionGuard guard = (request instanceof Connection known) ? ConnectionGuard.of(known.channel()) : null;
		this.idleNanos = (guard != null) ? guard.idleNanos() : -1;
		this.tracked.writing(guard, this.idleNanos);
		this.connected = true;
		int length = this.call.body().length();
		this.waiting = length <= SMALL;
		NettyOutbound out = this.call.hasBody() ? outbound.sendObject(this.call.body().buffer()) : outbound;
		return (length <= SMALL) ? out : out.then().doOnSuccess((done) -> recordActivity());
	}

	/** Called when the headers of a response that is read as a whole have arrived. */
	void answering(int status, HttpHeaders headers) {
		this.tracked.responding(headers);
		this.collecting = true;
		recordActivity();
		judge(status);
		this.tracked.answering(Outcomes.of(status, this.call.rules()));
	}

	private void judge(int status) {
		this.tracked.answering(status, this.call.method().name(), this.call.target());
	}

	/** Records that the instance has sent data, or has just received the request. */
	void recordActivity() {
		this.waitingSince = this.call.client().nanoTime();
		this.waiting = true;
	}

	/**
	 * Returns how much longer the instance may be silent.
	 * @param now the time
	 * @param silence how long the instance may be silent in total, in nanoseconds
	 * @return the remaining time in nanoseconds; the total time if the request has not
	 * been sent yet
	 */
	long remaining(long now, long silence) {
		return this.waiting ? silence - (now - this.waitingSince) : silence;
	}

	/**
	 * Moves the call to another instance, if this is possible and the attempt has waited
	 * too long for a part of the response. May be called by any thread.
	 * @param longest the maximum wait, in nanoseconds
	 */
	void move(long longest) {
		long waited = waited();
		if (waited > longest) {
			try {
				failover().move(this, waited);
			}
			catch (Throwable ex) {
				this.execution.broken(ex);
			}
		}
	}

	/**
	 * Returns how long the attempt has waited for the first part of the response, in
	 * nanoseconds. Returns 0 before there is a connection, and after any part has
	 * arrived. The headers of a stream are no sign of progress. Therefore the attempt
	 * counts as waiting again if its first event has not arrived after half of the time
	 * limit.
	 */
	long waited() {
		if (this.phase != RUNNING || !this.connected) {
			return 0;
		}
		long waited = this.call.client().nanoTime() - this.waitingSince;
		boolean late = this.stream != null && waited > longestSilence() / 2;
		return (late || !this.tracked.isAnswering()) ? waited : 0;
	}

	/**
	 * Ends the attempt because the application stops. Called on the event loop of the
	 * connection.
	 */
	void stop() {
		try {
			AnswerStream stream = this.stream;
			EasException reason = failover().stopping();
			if (stream != null && isStreaming()) {
				stream.stop(reason, failover().outcome(this, reason));
			}
			else {
				abort(reason);
			}
		}
		catch (Throwable ex) {
			this.execution.broken(ex);
		}
	}

	/**
	 * Returns how long the instance may be silent, in nanoseconds. For a stream this is
	 * the time to its first event, unless the response turns out not to be streamed.
	 */
	long longestSilence() {
		return TimeLimits.nanos(this.collecting ? this.call.limits().response() : this.call.limits().firstEvent());
	}

	/** Ends the attempt with a failure that the network has not reported. */
	void abort(Throwable failure) {
		if (failover().failed(this, failure)) {
			Operators.terminate(SUBSCRIPTION, this);
		}
	}

	/** Ends the attempt because its result is no longer needed. */
	void cancel() {
		abort(Outcome.CANCELLED);
	}

	/** Ends the attempt with an outcome for its instance. */
	void abort(Outcome outcome) {
		if (end(outcome)) {
			Operators.terminate(SUBSCRIPTION, this);
		}
	}

	/**
	 * Ends the attempt.
	 * @return false if the attempt had already ended, or the caller has already received
	 * its stream
	 */
	boolean end(Outcome outcome) {
		return PHASE.compareAndSet(this, RUNNING, OVER) && this.tracked.end(outcome);
	}

	/** Returns the attempt as recorded for its instance. */
	TrackedAttempt tracked() {
		return this.tracked;
	}

	/**
	 * Called when the headers of a stream have arrived. The stream counts as a response
	 * only from its first event on.
	 */
	void open(AnswerStream stream) {
		this.answered = true;
		this.stream = stream;
		try {
			if (!ResponseReader.Exchange.isStream(stream.headers().get(HttpHeaderNames.CONTENT_TYPE))) {
				this.tracked.responding(stream.headers());
			}
			judge(stream.report().status());
			this.call.reader().open(stream);
		}
		catch (Throwable ex) {
			stream.cancel();
			onError(ex);
		}
	}

	/**
	 * Called when the first element of the stream, or the end of an empty stream, has
	 * arrived.
	 * @return false if the attempt had already ended
	 */
	boolean begin() {
		if (!PHASE.compareAndSet(this, RUNNING, STREAMING)) {
			return false;
		}
		this.tracked.answering(Outcome.ANSWERED);
		return true;
	}

	/** Passes the stream to the call. */
	void handOver(AnswerStream stream) {
		try {
			this.execution.streaming(stream);
		}
		catch (Throwable ex) {
			stream.cancel();
			this.execution.broken(ex);
		}
	}

	/** Returns whether the stream has been passed to the caller. */
	boolean isStreaming() {
		return this.phase == STREAMING;
	}

	/** Called when the stream has ended, possibly before the caller has received it. */
	void streamed(Outcome outcome) {
		if (isStreaming()) {
			this.tracked.end(outcome);
		}
	}

	/**
	 * Returns the failover of the call, which decides what happens if the attempt fails.
	 */
	Failover failover() {
		return this.execution.failover();
	}

	/** Returns whether there was a connection to write the request to. */
	boolean isConnected() {
		return this.connected;
	}

	/**
	 * Returns how long the connection was idle before this request, in nanoseconds;
	 * negative for a new connection.
	 */
	long idleNanos() {
		return this.idleNanos;
	}

	/** Returns whether the response is read as a whole, and its headers have arrived. */
	boolean isCollecting() {
		return this.collecting;
	}

	@Override
	public Context currentContext() {
		return this.context;
	}

	@Override
	public void onSubscribe(Subscription upstream) {
		if (Operators.setOnce(SUBSCRIPTION, this, upstream)) {
			upstream.request(Long.MAX_VALUE);
		}
	}

	@Override
	public void onNext(Answer answer) {
		this.answered = true;
		try {
			this.execution.answered(this, answer);
		}
		catch (Throwable ex) {
			this.execution.broken(ex);
		}
	}

	@Override
	public void onError(Throwable failure) {
		try {
			failover().failed(this, failure);
		}
		catch (Throwable ex) {
			this.execution.broken(ex);
		}
	}

	@Override
	public void onComplete() {
		if (!this.answered) {
			onError(new IllegalStateException("the attempt ended without an answer"));
		}
	}

}
