package io.eas.client;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.eas.client.EasException.Attempt;
import io.eas.instance.EasInstance;
import io.eas.loadbalancer.Flight;
import io.eas.loadbalancer.Outcome;
import io.netty.util.Timer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * One subscription to a call: the loop over its attempts, each on an instance that the
 * call hasn't tried, until an answer comes, a failure isn't to be tried again, or the
 * time is over.
 *
 * <p>
 * An answer to the first attempt, which is what nearly all calls are, passes no operator
 * on its way: the subscriber is this, the attempt is an {@link Exchange}. Operators are
 * for the waits.
 *
 * @param <R> what the caller gets
 */
final class CallExecution<R> implements Subscription {

	private static final String STOPPED = "the application has stopped, and its connections with it";

	@SuppressWarnings("rawtypes") // a class of a generic type can't be named
	private static final AtomicIntegerFieldUpdater<CallExecution> STATE = AtomicIntegerFieldUpdater
		.newUpdater(CallExecution.class, "state");

	private static final int NEW = 0;

	private static final int RUNNING = 1;

	private static final int OVER = 2;

	private final EasService service;

	private final Call call;

	private final Reading<R> reading;

	private final CoreSubscriber<? super R> actual;

	private final Deadline deadline;

	private final Retries retries;

	private volatile int state;

	/** The newest attempt. */
	private volatile @Nullable Exchange current;

	private volatile @Nullable Disposable wait;

	CallExecution(EasService service, Call call, Reading<R> reading, CoreSubscriber<? super R> actual) {
		this.service = service;
		this.call = call;
		this.reading = reading;
		this.actual = actual;
		this.retries = new Retries(service, call);
		this.deadline = new Deadline(this, service.nanoTime(), call.timeout(), call.responseTimeout());
	}

	/** Runs the call, the first time. */
	@Override
	public void request(long n) {
		if (Operators.validate(n) && STATE.compareAndSet(this, NEW, RUNNING)) {
			run();
		}
	}

	private void run() {
		if (this.service.isDisconnected() || !this.deadline.start(deadlines())) {
			fail(noInstance(STOPPED));
			return;
		}
		this.service.budget().call(this.deadline.started());
		Flight flight = pick();
		if (flight == null) {
			await(firstList());
			return;
		}
		attempt(flight);
	}

	private @Nullable Flight pick() {
		return this.service.picks().start(this.retries.tried(), this.call.hashKey());
	}

	private Mono<Void> firstList() {
		return this.service.cache()
			.first()
			.takeUntilOther(this.service.disconnection())
			.switchIfEmpty(Mono.error(() -> noInstance(STOPPED)))
			.then();
	}

	/** The next attempt comes after that. */
	private void await(Mono<Void> before) {
		Disposable.Swap waiting = Disposables.swap();
		this.wait = waiting;
		waiting.update(before.contextWrite(context())
			.subscribe(null, this::fail, () -> attempt(Objects.requireNonNull(pick()))));
		if (isOver()) {
			waiting.dispose();
		}
	}

	private void attempt(Flight flight) {
		Exchange exchange = new Exchange(this, this.call, flight, Exchange.count(this.current) + 1);
		this.current = exchange;
		if (isOver()) {
			exchange.cancel();
			return;
		}
		try {
			this.service.transport().send(exchange);
		}
		catch (RuntimeException ex) {
			failed(exchange, ex);
		}
	}

	/** The time, by which the budget and the deadlines count. */
	long nanoTime() {
		return this.service.nanoTime();
	}

	/** Watches the limits. */
	Timer deadlines() {
		return this.service.threads().deadlines();
	}

	boolean isOver() {
		return this.state == OVER;
	}

	Context context() {
		return this.actual.currentContext();
	}

	/** The newest attempt, or null before the first. */
	@Nullable Exchange current() {
		return this.current;
	}

	/** Where the call is, for people. */
	Attempt where() {
		Exchange newest = this.current;
		return this.service.attempt((newest != null) ? newest.instance() : null, Exchange.count(newest),
				this.call.rules(), this.retries.earlier());
	}

	/** An attempt has its answer. */
	void answered(Exchange exchange, Answer answer) {
		if (!exchange.end(Outcomes.of(answer.status(), this.call.rules()))) {
			return;
		}
		if (this.call.rules().isRefusal(answer.status())) {
			failed(exchange.instance(), new EasStatusException(where(), answer));
		}
		else {
			this.retries.succeeded();
			succeed(answer, exchange.number());
		}
	}

	/**
	 * An attempt has failed.
	 * @return false if it was over
	 */
	boolean failed(Exchange exchange, Throwable cause) {
		EasException failure = exchange.classify(cause);
		if (!exchange.end(Outcomes.of(failure))) {
			return false;
		}
		failed(exchange.instance(), failure);
		return true;
	}

	/** Whether the caller wants answers while they come. */
	boolean takesStreams() {
		return this.reading.takesStreams();
	}

	/** An attempt has an answer that comes from now on. */
	void streaming(AnswerStream stream) {
		this.retries.succeeded();
		if (!close()) {
			stream.abandon();
			return;
		}
		this.actual.onNext(this.reading.stream(stream));
		this.actual.onComplete();
	}

	private void failed(EasInstance instance, EasException failure) {
		long pause = this.retries.pauseAfter(failure, instance, this.deadline.started());
		if (pause < 0) {
			fail(failure.last());
		}
		else if (pause == 0) {
			attempt(Objects.requireNonNull(pick()));
		}
		else {
			await(pause(failure, pause));
		}
	}

	private Mono<Void> pause(EasException failure, long millis) {
		return Mono.delay(Duration.ofMillis(millis), this.service.threads().timer())
			.takeUntilOther(this.service.disconnection())
			.switchIfEmpty(Mono.error(failure::last))
			.then();
	}

	/** The time of the whole call is over. */
	void timedOut() {
		String limit = "no answer within " + this.call.timeout().toMillis() + " ms, the time of the whole call";
		fail((this.current != null) ? new EasTimeoutException(where(), limit, null, true).last()
				: noInstance(limit + ", for no instance is known: " + this.service.lastWord()));
	}

	private EasException noInstance(String reason) {
		return new EasNoInstanceException(where(), reason, null);
	}

	private void succeed(Answer answer, int attempts) {
		@Nullable R value;
		try {
			value = this.reading.read(answer, attempts, this);
		}
		catch (RuntimeException ex) {
			fail(ex);
			return;
		}
		if (end()) {
			this.call.watch().answered(answer.status(), answer.instance(), attempts);
			if (value != null) {
				this.actual.onNext(value);
			}
			this.actual.onComplete();
		}
	}

	private void fail(Throwable failure) {
		Exchange newest = this.current;
		if (newest != null && this.reading.takesErrors() && failure instanceof EasStatusException status) {
			succeed(status.answer(), newest.number());
		}
		else if (end()) {
			this.call.watch().failed(failure, Exchange.count(newest));
			this.actual.onError(failure);
		}
	}

	@Override
	public void cancel() {
		if (end()) {
			this.call.watch().cancelled(0, null, Exchange.count(this.current));
		}
	}

	/** Ends whatever is under way; only once. */
	private boolean end() {
		boolean closed = close();
		Exchange newest = this.current;
		if (closed && newest != null) {
			newest.cancel();
		}
		return closed;
	}

	/** Ends the waits and the limits; only once. */
	private boolean close() {
		if (STATE.getAndSet(this, OVER) == OVER) {
			return false;
		}
		this.deadline.cancel();
		Disposable waiting = this.wait;
		if (waiting != null) {
			waiting.dispose();
		}
		return true;
	}

}
