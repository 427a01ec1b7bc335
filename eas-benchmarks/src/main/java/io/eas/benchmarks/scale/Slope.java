package io.eas.benchmarks.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

import io.eas.benchmarks.calls.Spread;

/**
 * The cost of one more service: the difference between many and one, divided by the
 * number of additional services. Not thread-safe.
 */
final class Slope {

	private final int many;

	private final List<StartSample> withOne = new ArrayList<>();

	private final List<StartSample> withMany = new ArrayList<>();

	Slope(int many) {
		if (many < 2) {
			throw new IllegalArgumentException("many must be 2 or more, was " + many);
		}
		this.many = many;
	}

	/** Adds a round. */
	void add(StartSample one, StartSample more) {
		this.withOne.add(one);
		this.withMany.add(more);
	}

	/** Returns the value with one service, in a unit. */
	Spread one(ToLongFunction<StartSample> value, double unit) {
		return Spread.of(this.withOne.stream().map((sample) -> value.applyAsLong(sample) / unit).toList());
	}

	/** Returns the value with many services, in a unit. */
	Spread many(ToLongFunction<StartSample> value, double unit) {
		return Spread.of(this.withMany.stream().map((sample) -> value.applyAsLong(sample) / unit).toList());
	}

	/** Returns the cost of one more service, round by round, in a unit. */
	Spread each(ToLongFunction<StartSample> value, double unit) {
		List<Double> slopes = new ArrayList<>();
		for (int round = 0; round < this.withOne.size(); round++) {
			long more = value.applyAsLong(this.withMany.get(round)) - value.applyAsLong(this.withOne.get(round));
			slopes.add(more / unit / (this.many - 1));
		}
		return Spread.of(slopes);
	}

}
