package io.eas.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The timers of calls, each looked up in the registry once. Thread-safe.
 */
final class CallTimers {

	private final EasMeters meters;

	private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

	CallTimers(EasMeters meters) {
		this.meters = meters;
	}

	/**
	 * Records a call that is over.
	 * @param context the call
	 * @param name the timer's name, or null for ours
	 * @param values the timer's tags, but for the error
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
	 * What one timer is for.
	 *
	 * @param name its name
	 * @param values its tags
	 * @param error the tag for the failure
	 */
	private record Key(String name, KeyValues values, String error) {
	}

}
