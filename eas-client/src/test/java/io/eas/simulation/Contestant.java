package io.eas.simulation;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

import io.eas.loadbalancer.weighted.WeightedRoundRobin;

/**
 * A policy that takes part in a comparison.
 *
 * @param name what the report calls it
 * @param factory makes the policy of one client of a service
 */
record Contestant(String name, Factory factory) {

	/** Sees all that there is to see, which no client can. */
	static final Contestant OMNISCIENT = new Contestant("shortest queue (omniscient)",
			(profile, random) -> ReferencePolicies.shortestQueue(random));

	static final Contestant RANDOM = new Contestant("random", (profile, random) -> ReferencePolicies.random(random));

	static final Contestant ROUND_ROBIN = new Contestant("weighted round robin",
			(profile, random) -> ReferencePolicies.weightedRoundRobin(100));

	static final Contestant SMOOTH = new Contestant("smooth round robin (nginx)",
			(profile, random) -> ReferencePolicies.smoothRoundRobin(profile.size()));

	static final Contestant POWER_OF_TWO = new Contestant("power of two choices",
			(profile, random) -> ReferencePolicies.powerOfTwo(random));

	static final Contestant PEAK_EWMA = new Contestant("peak EWMA (Finagle)",
			(profile, random) -> ReferencePolicies.peakEwma(profile.size(), random));

	static final Contestant IN_TURN = new Contestant("weighted-round-robin (ours)",
			(profile, random) -> new ClientPicks(profile, new WeightedRoundRobin(random)));

	static final Contestant LEAST_REQUEST = new Contestant("least-request (ours)",
			(profile, random) -> new ClientPicks(profile, WeightedRoundRobin.leastRequest(random)));

	static final List<Contestant> ALL = List.of(OMNISCIENT, RANDOM, ROUND_ROBIN, SMOOTH, POWER_OF_TWO, PEAK_EWMA,
			IN_TURN, LEAST_REQUEST);

	/** Runs it, with the same calls for every contestant. */
	Outcome run(Profile profile, Demand demand) {
		Random random = new Random(1);
		Supplier<Policy> each = () -> this.factory.create(profile, new Random(random.nextLong()));
		return Simulation.run(profile, demand, each, 20260101);
	}

	/** Makes the policy of one client. */
	@FunctionalInterface
	interface Factory {

		Policy create(Profile profile, Random random);

	}

}
