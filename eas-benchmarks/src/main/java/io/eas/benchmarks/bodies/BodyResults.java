package io.eas.benchmarks.bodies;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.eas.benchmarks.calls.Spread;

/**
 * All samples, by what was carried and the variant, a sample a round. Not thread-safe.
 */
final class BodyResults {

	private final Map<Transfer, Map<BodyVariant, List<BodySample>>> samples = new EnumMap<>(Transfer.class);

	/**
	 * Adds what a round gave. Rounds are told apart by their order.
	 */
	void add(Transfer transfer, BodyVariant variant, BodySample sample) {
		this.samples.computeIfAbsent(transfer, (key) -> new EnumMap<>(BodyVariant.class))
			.computeIfAbsent(variant, (key) -> new ArrayList<>())
			.add(sample);
	}

	Set<Transfer> transfers() {
		return this.samples.keySet();
	}

	Set<BodyVariant> variants(Transfer transfer) {
		return this.samples.getOrDefault(transfer, Map.of()).keySet();
	}

	private List<BodySample> of(Transfer transfer, BodyVariant variant) {
		return this.samples.getOrDefault(transfer, Map.of()).getOrDefault(variant, List.of());
	}

	Spread spread(Transfer transfer, BodyVariant variant, BodyMetric metric) {
		return Spread.of(of(transfer, variant).stream().map(metric::of).toList());
	}

	/** The ratio of two variants, each round for itself. */
	Spread ratio(Transfer transfer, BodyVariant variant, BodyVariant base, BodyMetric metric) {
		List<BodySample> above = of(transfer, variant);
		List<BodySample> below = of(transfer, base);
		List<Double> ratios = new ArrayList<>();
		for (int round = 0; round < Math.min(above.size(), below.size()); round++) {
			ratios.add(metric.of(above.get(round)) / metric.of(below.get(round)));
		}
		return Spread.of(ratios);
	}

	/** Of all together. */
	long failed() {
		return this.samples.values()
			.stream()
			.flatMap((byVariant) -> byVariant.values().stream())
			.flatMap(List::stream)
			.mapToLong(BodySample::failed)
			.sum();
	}

}
