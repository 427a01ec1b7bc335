package io.eas.emulator.discovery;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Picks the gateway's next instance. Thread-safe.
 */
final class WeightedRoundRobin {

	/*
	 * Smooth weighted round robin (nginx, ngx_http_upstream_round_robin.c): in each turn,
	 * every instance is credited its weight; the one with the most credit is picked and
	 * debited the sum of all weights. Weights 5, 1, 1 give a a b a c a a. An instance
	 * with weight 0 is never picked while another instance has a positive weight; if all
	 * weights are 0, all instances are picked equally often.
	 */
	private final Map<ListedInstance, Long> credit = new HashMap<>();

	synchronized Optional<ListedInstance> next(List<? extends ListedInstance> instances) {
		this.credit.keySet().retainAll(instances);
		boolean drained = instances.stream().allMatch((instance) -> instance.weight() == 0);
		long total = 0;
		for (ListedInstance instance : instances) {
			long weight = drained ? 1 : instance.weight();
			if (weight > 0) {
				this.credit.merge(instance, weight, Long::sum);
				total += weight;
			}
			else {
				this.credit.remove(instance);
			}
		}
		Optional<ListedInstance> picked = richest(instances);
		long price = total;
		picked.ifPresent((instance) -> this.credit.merge(instance, -price, Long::sum));
		return picked;
	}

	private Optional<ListedInstance> richest(List<? extends ListedInstance> instances) {
		return instances.stream()
			.filter(this.credit::containsKey)
			.<ListedInstance>map((instance) -> instance)
			.max(Comparator.comparingLong(this.credit::get));
	}

}
