package io.eas.benchmarks.calls;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.eas.benchmarks.paths.Variant;

/**
 * All samples, by the number of callers and the variant, a sample a round. Not
 * thread-safe.
 */
final class Results {

	private final Map<Integer, Map<Variant, List<Sample>>> samples = new TreeMap<>();

	/**
	 * Adds what a round gave. Rounds are told apart by their order.
	 */
	void add(int callers, Variant variant, Sample sample) {
		this.samples.computeIfAbsent(callers, (key) -> new EnumMap<>(Variant.class))
			.computeIfAbsent(variant, (key) -> new ArrayList<>())
			.add(sample);
	}

	Set<Integer> callers() {
		return this.samples.keySet();
	}

	Set<Variant> variants() {
		Set<Variant> variants = EnumSet.noneOf(Variant.class);
		this.samples.values().forEach((byVariant) -> variants.addAll(byVariant.keySet()));
		return variants;
	}

	private List<Sample> of(int callers, Variant variant) {
		return this.samples.getOrDefault(callers, Map.of()).getOrDefault(variant, List.of());
	}

	Spread spread(int callers, Variant variant, Metric metric) {
		return Spread.of(of(callers, variant).stream().map(metric::of).toList());
	}

	/**
	 * The ratio of two variants, each round for itself, so that what slows the machine
	 * down for a while slows both.
	 */
	Spread ratio(int callers, Variant variant, Variant base, Metric metric) {
		List<Sample> above = of(callers, variant);
		List<Sample> below = of(callers, base);
		List<Double> ratios = new ArrayList<>();
		for (int round = 0; round < Math.min(above.size(), below.size()); round++) {
			ratios.add(metric.of(above.get(round)) / metric.of(below.get(round)));
		}
		return Spread.of(ratios);
	}

	/** Of all variants together. */
	long failed() {
		return this.samples.values()
			.stream()
			.flatMap((byVariant) -> byVariant.values().stream())
			.flatMap(List::stream)
			.mapToLong(Sample::failed)
			.sum();
	}

}
