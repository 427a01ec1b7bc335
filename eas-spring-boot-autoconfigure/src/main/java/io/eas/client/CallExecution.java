package io.eas.client;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.eas.client.EasException.Attempt;
import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.loadbalancer.TriedInstances;
import io.github.resilience4j.retry.Retry;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

/**
 * One subscription to a call: the loop over its attempts, each on an instance that the
 * call hasn't tried, until an answer comes, a failure isn't to be tried again, or the
 * time is over. Whether and when there is another attempt is for the service's
 * Resilience4j {@link Retry} to say, which also counts.
 */
final class CallExecution {

	private final EasService service;

	private final Call call;

	private final TriedInstances tried = new TriedInstances();

	private final Retry.AsyncContext<Answer> retry;

	/**
	 * Written by whichever thread starts an attempt, read by that of the deadline too.
	 */
	private volatile Attempt current;

	CallExecution(EasService service, Call call) {
		this.service = service;
		this.call = call;
		this.retry = service.retry().asyncContext();
		this.current = new Attempt(service.name(), null, 0, service.maxAttempts(), call.rules(), List.of());
	}

	/**
	 * Runs the call.
	 * @return the answer, whose status may be an error that isn't tried again
	 */
	Mono<Answer> run() {
		InstanceList list = this.service.cache().current();
		Mono<Answer> attempts = (list != null) ? attempt(list, List.of())
				: this.service.cache().first().flatMap((first) -> attempt(first, List.of()));
		return attempts.timeout(this.call.timeout(), Mono.defer(() -> Mono.error(timedOut())), this.service.timer());
	}

	/**
	 * Where the call is.
	 */
	Attempt current() {
		return this.current;
	}

	private Mono<Answer> attempt(InstanceList list, List<EasException> failures) {
		EasInstance instance = this.service.picks().pick(list, this.tried);
		this.tried.add(instance);
		Attempt attempt = new Attempt(this.service.name(), instance, this.tried.size(), this.current.of(),
				this.call.rules(), failures);
		this.current = attempt;
		Exchange exchange = this.service.transport().exchange(instance, this.call);
		return exchange.send()
			.handle(this::accept)
			.onErrorResume((failure) -> failed(list, Failures.classify(attempt, exchange.wasConnected(), failure)));
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

	private Mono<Answer> failed(InstanceList list, EasException failure) {
		long pause = this.retry.onError(failure);
		if (pause < 0 || this.service.isDisconnected()) {
			return Mono.error(failure);
		}
		List<EasException> failures = Stream.concat(this.current.earlier().stream(), Stream.of(failure)).toList();
		Mono<Answer> next = Mono.defer(() -> {
			InstanceList newest = this.service.cache().current();
			return attempt((newest != null) ? newest : list, failures);
		});
		return (pause == 0) ? next : Mono.delay(Duration.ofMillis(pause), this.service.timer()).then(next);
	}

	private EasException timedOut() {
		Attempt attempt = this.current;
		String limit = "no answer within " + this.call.timeout().toMillis() + " ms (http.request-timeout)";
		return (attempt.instance() != null) ? new EasTimeoutException(attempt, limit, null, true)
				: new EasNoInstanceException(attempt, limit + ", for no instance is known: " + this.service.lastWord(),
						null);
	}

}
