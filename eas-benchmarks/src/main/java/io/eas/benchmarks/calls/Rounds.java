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
 * Samples of several variants under several conditions, one each round. Not thread-safe.
 *
 * @param <C> the conditions
 * @param <V> the variants
 * @param <S> what a variant gives in a round
 */
public class Rounds<C extends Comparable<C>, V extends Comparable<V>, S> {

	private final Map<C, Map<V, List<S>>> samples = new TreeMap<>();

	/**
	 * Adds what a round gave. Rounds are told apart by their order.
	 * @param condition under which it was measured
	 * @param variant who was
	 * @param sample the result
	 */
	public void add(C condition, V variant, S sample) {
		this.samples.computeIfAbsent(condition, (key) -> new TreeMap<>())
			.computeIfAbsent(variant, (key) -> new ArrayList<>())
			.add(sample);
	}

	/**
	 * The conditions.
	 * @return in their order
	 */
	public Set<C> conditions() {
		return this.samples.keySet();
	}

	/**
	 * All variants.
	 * @return in their order
	 */
	public Set<V> variants() {
		Set<V> variants = new TreeSet<>();
		this.samples.values().forEach((byVariant) -> variants.addAll(byVariant.keySet()));
		return variants;
	}

	/**
	 * The variants that were measured under a condition.
	 * @param condition the condition
	 * @return in their order
	 */
	public Set<V> variants(C condition) {
		return this.samples.getOrDefault(condition, Map.of()).keySet();
	}

	private List<S> of(C condition, V variant) {
		return this.samples.getOrDefault(condition, Map.of()).getOrDefault(variant, List.of());
	}

	/**
	 * A figure over all rounds.
	 * @param condition under which it was measured
	 * @param variant who was
	 * @param metric takes the figure from a sample
	 * @return of all rounds
	 */
	public Spread spread(C condition, V variant, ToDoubleFunction<S> metric) {
		return Spread.of(of(condition, variant).stream().mapToDouble(metric).boxed().toList());
	}

	/**
	 * The ratio of two variants, each round for itself, so that what slows the machine
	 * down for a while slows both.
	 * @param condition under which both were measured
	 * @param variant whose figure is above the line
	 * @param base whose is below
	 * @param metric takes the figure from a sample
	 * @return of all rounds that both have
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
	 * A count over all samples together.
	 * @param count takes it from a sample
	 * @return their sum
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
