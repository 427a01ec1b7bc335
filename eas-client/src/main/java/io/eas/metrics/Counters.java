package io.eas.metrics;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import io.micrometer.core.instrument.Counter;

/**
 * A counter for each way that something can go, there from the start. Thread-safe.
 *
 * @param <E> the ways
 */
final class Counters<E extends Enum<E>> {

	private final Map<E, Counter> counters;

	/**
	 * Counters that count from 0.
	 * @param ways all of them
	 * @param create makes the counter of one, by the text of its tag
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
