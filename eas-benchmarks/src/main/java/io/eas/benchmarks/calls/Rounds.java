package io.eas.benchmarks.calls;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Samples of several variants under several conditions, one sample per round. Not
 * thread-safe.
 *
 * @param <C> the conditions
 * @param <V> the variants
 * @param <S> the samples
 */
public class Rounds<C extends Comparable<C>, V extends Comparable<V>, S> {

	private final Map<C, Map<V, List<S>>> samples = new TreeMap<>();

	/**
	 * Adds a sample. The n-th sample of a variant under a condition belongs to round n.
	 * @param condition the condition of the measurement
	 * @param variant the measured variant
	 * @param sample the sample
	 */
	public void add(C condition, V variant, S sample) {
		this.samples.computeIfAbsent(condition, (key) -> new TreeMap<>())
			.computeIfAbsent(variant, (key) -> new ArrayList<>())
			.add(sample);
	}

	/**
	 * Returns the conditions.
	 * @return the conditions in their order
	 */
	public Set<C> conditions() {
		return this.samples.keySet();
	}

	/**
	 * Returns all variants.
	 * @return the variants in their order
	 */
	public Set<V> variants() {
		Set<V> variants = new TreeSet<>();
		this.samples.values().forEach((byVariant) -> variants.addAll(byVariant.keySet()));
		return variants;
	}

	/**
	 * Returns the variants that were measured under a condition.
	 * @param condition the condition
	 * @return the variants in their order
	 */
	public Set<V> variants(C condition) {
		return this.samples.getOrDefault(condition, Map.of()).keySet();
	}

	private List<S> of(C condition, V variant) {
		return this.samples.getOrDefault(condition, Map.of()).getOrDefault(variant, List.of());
	}

	/**
	 * Returns the spread of a figure over all rounds.
	 * @param condition the condition of the measurement
	 * @param variant the measured variant
	 * @param metric extracts the figure from a sample
	 * @return the spread
	 */
	public Spread spread(C condition, V variant, ToDoubleFunction<S> metric) {
		return Spread.of(of(condition, variant).stream().mapToDouble(metric).boxed().toList());
	}

	/**
	 * Returns the spread of the ratio of two variants. The ratio is computed within each
	 * round, so that a temporary slowdown of the machine affects both.
	 * @param condition the condition of both measurements
	 * @param variant the variant in the numerator
	 * @param base the variant in the denominator
	 * @param metric extracts the figure from a sample
	 * @return the spread over all rounds in which both were measured
	 */
	public Spread ratio(C condition, V variant, V base, ToDoubleFunction<S> metric) {
		List<S> above = of(condition, variant);
		List<S> below = of(condition, base);
		List<Double> ratios = new ArrayList<>();
		for (int round = 0; round < Math.min(above.size(), below.size()); round++) {
			ratios.add(metric.applyAsDouble(above.get(round)) / metric.applyAsDouble(below.get(round)));
		}
		return Spread.of(ratios);
	}

	/**
	 * Returns the sum of a count over all samples.
	 * @param count extracts the count from a sample
	 * @return the sum
	 */
	public long sum(ToLongFunction<S> count) {
		return this.samples.values()
			.stream()
			.flatMap((byVariant) -> byVariant.values().stream())
			.flatMap(List::stream)
			.mapToLong(count)
			.sum();
	}

}
