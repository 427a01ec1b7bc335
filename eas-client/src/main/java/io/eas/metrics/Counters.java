package io.eas.metrics;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import io.micrometer.core.instrument.Counter;

/**
 * A counter for each constant of an enum. All counters are registered from the start.
 * Thread-safe.
 *
 * @param <E> the type of the enum
 */
final class Counters<E extends Enum<E>> {

	private final Map<E, Counter> counters;

	/**
	 * Creates the counters.
	 * @param ways the enum
	 * @param create creates the counter of a constant from the value of its tag
	 */
	Counters(Class<E> ways, Function<String, Counter> create) {
		this.counters = new EnumMap<>(ways);
		for (E way : ways.getEnumConstants()) {
			this.counters.put(way, create.apply(way.name().toLowerCase(Locale.ROOT).replace('_', '-')));
		}
	}

	void count(E way) {
		Objects.requireNonNull(this.counters.get(way)).increment();
	}

}
