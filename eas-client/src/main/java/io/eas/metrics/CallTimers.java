package io.eas.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The timers of calls, each of which is looked up in the registry only once. Thread-safe.
 */
final class CallTimers {

	private final EasMeters meters;

	private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

	CallTimers(EasMeters meters) {
		this.meters = meters;
	}

	/**
	 * Records the time of a call that has ended.
	 * @param context the context of the call
	 * @param name the name of the timer, or null for the default name
	 * @param values the tags of the timer, except for the error
	 */
	void record(EasClientObservationContext context, @Nullable String name, KeyValues values) {
		Throwable failure = context.getError();
		Key key = new Key((name != null) ? name : DefaultEasClientObservationConvention.NAME, values,
				(failure != null) ? failure.getClass().getSimpleName() : "none");
		Timer known = this.timers.get(key);
		Timer timer = (known != null) ? known : this.timers.computeIfAbsent(key, this::create);
		timer.record(context.elapsed(), TimeUnit.NANOSECONDS);
	}

	private Timer create(Key key) {
		return this.meters.timer(key.name(), key.values(), key.error());
	}

	/**
	 * The identity of a timer.
	 *
	 * @param name the name of the timer
	 * @param values the tags except for the error
	 * @param error the value of the error tag
	 */
	private record Key(String name, KeyValues values, String error) {
	}

}
