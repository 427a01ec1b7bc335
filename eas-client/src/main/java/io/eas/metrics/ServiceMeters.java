package io.eas.metrics;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.eas.client.call.CallObserver.Progress;
import io.eas.instance.EasInstance;
import io.eas.loadbalancer.AttemptListener;
import io.eas.loadbalancer.EjectionListener;
import io.eas.loadbalancer.Outcome;
import io.micrometer.core.instrument.Timer;

/**
 * Counts the attempts and ejections of a service, and records the times of its streams.
 * All meters are registered from the start, so that a call needs no lookup. Thread-safe.
 */
final class ServiceMeters implements AttemptListener, EjectionListener {

	private final Counters<Outcome> attempts;

	private final Counters<Cause> ejections;

	private final Timer headers;

	private final Timer firstEvent;

	private final Timer firstContent;

	ServiceMeters(String service, EasMeters meters) {
		this.attempts = new Counters<>(Outcome.class, (result) -> meters.counter("eas.client.attempts",
				"Ended attempts of calls, by their outcome for the instance", service, "result", result));
		this.ejections = new Counters<>(Cause.class, (reason) -> meters.counter("eas.loadbalancer.ejections",
				"Ejections of instances, by cause", service, "reason", reason));
		this.headers = meters.timer("eas.client.stream.time.to.headers",
				"Time from the start of a call to the headers of its stream", service);
		this.firstEvent = meters.timer("eas.client.stream.time.to.first",
				"Time from the start of a call to the first event of its stream", service);
		this.firstContent = meters.timer("eas.client.stream.time.to.content",
				"Time from the start of a call to the first event with content of its stream", service);
	}

	@Override
	public void ended(Outcome outcome) {
		this.attempts.count(outcome);
	}

	@Override
	public void ejected(EasInstance instance, Cause cause, String reason, Duration time, boolean again) {
		this.ejections.count(cause);
	}

	/** Does nothing, since the gauge of ejected instances shows the return. */
	@Override
	public void restored(EasInstance instance) {
	}

	/**
	 * Records that a stream has made progress, with the time since the start of the call.
	 */
	void reached(Progress progress, long nanos) {
		Timer timer = switch (progress) {
			case HEADERS -> this.headers;
			case FIRST_EVENT -> this.firstEvent;
			case FIRST_CONTENT -> this.firstContent;
		};
		timer.record(nanos, TimeUnit.NANOSECONDS);
	}

}
