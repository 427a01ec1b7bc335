package io.eas.client;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.eas.client.EasException.Attempt;
import io.eas.client.RetryRules.Backoff;
import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.loadbalancer.Flight;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.TriedInstances;
import io.github.resilience4j.retry.Retry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

/**
 * One subscription to a call: the loop over its attempts, each on an instance that the
 * call hasn't tried, until an answer comes, a failure isn't to be tried again, or the
 * time is over. Whether and when there is another attempt is for the service's
 * Resilience4j {@link Retry} to say, which also counts.
 */
final class CallExecution {

	private static final String STOPPED = "the application has stopped, and its connections with it";

	private final EasService service;

	private final Call call;

	private final TriedInstances tried = new TriedInstances();

	private final Retry.AsyncContext<Answer> retry;

	private final long started;

	/**
	 * Written by whichever thread starts an attempt, read by that of the deadline too.
	 */
	private volatile Attempt current;

	CallExecution(EasService service, Call call) {
		this.service = service;
		this.call = call;
		this.retry = service.retry().asyncContext();
		this.started = service.nanoTime();
		this.current = service.attempt(null, 0, call.rules(), List.of());
	}

	/**
	 * Runs the call.
	 * @return the answer, whose status may be an error that isn't tried again
	 */
	Mono<Answer> run() {
		if (this.service.isDisconnected()) {
			return Mono.error(noInstance(STOPPED));
		}
		this.service.budget().call(this.started);
		Flight flight = start();
		Mono<Answer> attempts = (flight != null) ? attempt(flight, List.of()) : firstList();
		return attempts.timeout(this.call.timeout(), Mono.defer(() -> Mono.error(timedOut())), this.service.timer());
	}

	private Mono<Answer> firstList() {
		return this.service.cache()
			.first()
			.takeUntilOther(this.service.disconnection())
			.switchIfEmpty(Mono.error(() -> noInstance(STOPPED)))
			.flatMap((first) -> attempt(Objects.requireNonNull(start()), List.of()));
	}

	private @Nullable Flight start() {
		return this.service.picks().start(this.tried, this.call.hashKey());
	}

	/**
	 * Where the call is.
	 */
	Attempt current() {
		return this.current;
	}

	private Mono<Answer> attempt(Flight flight, List<EasException> failures) {
		EasInstance instance = flight.instance();
		this.tried.add(instance);
		Attempt attempt = this.service.attempt(instance, this.tried.size(), this.call.rules(), failures);
		this.current = attempt;
		Exchange exchange = this.service.transport().exchange(instance, this.call);
		return exchange.send().doOnCancel(() -> flight.end(Outcome.ABANDONED)).<Answer>handle((answer, sink) -> {
			flight.end(Outcomes.of(answer.status(), this.call.rules()));
			accept(answer, sink);
		}).onErrorResume((cause) -> {
			EasException failure = Failures.classify(attempt, exchange.wasConnected(), cause);
			flight.end(Outcomes.of(failure));
			return failed(failure);
		});
	}

	private void accept(Answer answer, SynchronousSink<Answer> sink) {
		if (this.call.rules().isRefusal(answer.status())) {
			sink.error(new EasStatusException(this.current, answer));
		}
		else {
			this.retry.onComplete();
			sink.next(answer);
		}
	}

	/**
	 * The {@link Retry} counts, paces and may give up earlier; what must not be repeated
	 * isn't, whatever it says. The budget has the last word.
	 */
	private Mono<Answer> failed(EasException failure) {
		long pause = this.retry.onError(failure);
		boolean tooLate = failure.retryAfterMillis() >= this.call.timeout().toMillis();
		if (pause < 0 || tooLate || !failure.isRetryable() || this.service.isDisconnected()) {
			return Mono.error(failure.last());
		}
		return again(failure, pauseMillis(failure, pause));
	}

	/** Without another instance to go to, an attempt is never repeated at once. */
	private long pauseMillis(EasException failure, long millis) {
		InstanceList list = this.service.destinations().current();
		boolean elsewhere = list != null && this.tried.size() < list.size();
		long shortest = elsewhere ? 0 : Backoff.SHORTEST_FURTHER.toMillis();
		return Math.max(Math.max(millis, shortest), failure.retryAfterMillis());
	}

	/** An attempt that the deadline would prevent isn't made, and costs nothing. */
	private Mono<Answer> again(EasException failure, long pause) {
		long now = this.service.nanoTime();
		boolean inTime = TimeUnit.NANOSECONDS.toMillis(now - this.started) + pause < this.call.timeout().toMillis();
		if (inTime && !this.service.budget().tryRetry(now)) {
			return Mono.error(failure.notTriedAgain(this.service.budget()));
		}
		this.current = this.current.failed(failure);
		return pause(failure, inTime ? Duration.ofMillis(pause) : null)
			.then(Mono.defer(() -> attempt(Objects.requireNonNull(start()), this.current.earlier())));
	}

	/** Without an end it lasts until the deadline. */
	private Mono<Void> pause(EasException failure, @Nullable Duration pause) {
		return Duration.ZERO.equals(pause) ? Mono.empty()
				: ((pause != null) ? Mono.delay(pause, this.service.timer()) : Mono.never())
					.takeUntilOther(this.service.disconnection())
					.switchIfEmpty(Mono.error(failure::last))
					.then();
	}

	private EasException timedOut() {
		String limit = "no answer within " + this.call.timeout().toMillis() + " ms, the time of the whole call";
		return (this.current.instance() != null) ? new EasTimeoutException(this.current, limit, null, true).last()
				: noInstance(limit + ", for no instance is known: " + this.service.lastWord());
	}

	private EasException noInstance(String reason) {
		return new EasNoInstanceException(this.current, reason, null);
	}

}
