package io.eas.benchmarks.llm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Simulated runs. A run that several tables show is made only once. Not thread-safe.
 */
final class Runs {

	private final int instances;

	private final int seeds;

	private final Map<Run, Waits> known = new HashMap<>();

	/**
	 * Creates an empty cache of runs.
	 * @param instances the number of instances
	 * @param seeds the number of runs of each case; their medians are the results
	 */
	Runs(int instances, int seeds) {
		this.instances = instances;
		this.seeds = seeds;
	}

	Waits waits(Trace trace, Scenario scenario, Balancer balancer) {
		return this.known.computeIfAbsent(new Run(trace, scenario, balancer), (run) -> {
			List<Waits> runs = new ArrayList<>();
			for (int seed = 1; seed <= this.seeds; seed++) {
				Trace arrivals = trace.arrivals(new Random(seed), scenario.speed(), scenario.prefixes());
				runs.add(new Simulation(scenario, balancer, this.instances, seed).run(arrivals));
			}
			return Waits.medians(runs);
		});
	}

	double overLeastRequest(Trace trace, Scenario scenario, Balancer balancer) {
		return waits(trace, scenario, balancer).p90() / waits(trace, scenario, Balancer.LEAST_REQUEST).p90();
	}

	/** The key of a run. */
	private record Run(Trace trace, Scenario scenario, Balancer balancer) {
	}

}
