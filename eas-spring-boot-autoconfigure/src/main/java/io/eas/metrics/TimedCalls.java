package io.eas.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

import io.eas.client.CallListener;
import io.eas.client.CallWatch;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Timer;
import reactor.util.context.ContextView;

/**
 * Times the calls to one service where nobody observes them, with the tags that
 * observations would give. Thread-safe.
 */
final class TimedCalls implements CallListener {

	private final EasClientObservationConvention convention;

	private final String service;

	private final EasMeters meters;

	private final LongConsumer streams;

	private final FirstFailure failures;

	private final Map<TimerKey, Timer> timers = new ConcurrentHashMap<>();

	TimedCalls(EasClientObservationConvention convention, String service, EasMeters meters, LongConsumer streams) {
		this.convention = convention;
		this.service = service;
		this.meters = meters;
		this.streams = streams;
		this.failures = new FirstFailure(service);
	}

	@Override
	public CallWatch started(String method, ContextView context) {
		return new TimedCall(new EasClientObservationContext(this.service, method, false));
	}

	private Timer timer(TimerKey key) {
		Timer known = this.timers.get(key);
		return (known != null) ? known : this.timers.computeIfAbsent(key, this::createTimer);
	}

	private Timer createTimer(TimerKey key) {
		String name = this.convention.getName();
		return this.meters.timer((name != null) ? name : DefaultEasClientObservationConvention.NAME, key.values(),
				key.error());
	}

	/**
	 * What one timer is for.
	 *
	 * @param values the tags
	 * @param error the tag for the failure
	 */
	private record TimerKey(KeyValues values, String error) {
	}

	/** One call. */
	private final class TimedCall extends WatchedCall {

		TimedCall(EasClientObservationContext context) {
			super(context, TimedCalls.this.streams, TimedCalls.this.failures);
		}

		@Override
		void over(EasClientObservationContext context) {
			Throwable failure = context.getError();
			KeyValues values = TimedCalls.this.convention.getLowCardinalityKeyValues(context);
			timer(new TimerKey(values, (failure != null) ? failure.getClass().getSimpleName() : "none"))
				.record(elapsed(), TimeUnit.NANOSECONDS);
		}

	}

}
