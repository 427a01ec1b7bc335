package io.eas.loadbalancer.weighted;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.InstanceState;

/**
 * Passes over an instance that carries far more than its share of the attempts in flight:
 * not just a few, and more than twice what a second one does, drawn by weight and
 * compared weight by weight. As long as all answer alike the picks are taken as they
 * come; an instance that is frozen or slow fills up to here, and no further. Of two
 * choices the better one is nearly as good as the best of all (Mitzenmacher, "The power
 * of two choices in randomized load balancing", 2001).
 */
final class PowerOfTwoChoices implements OverloadStrategy {

	private static final int A_FEW = 5;

	private static final long TIMES = 2;

	private static final int GRACE = 2;

	private final Candidates candidates;

	private final WeightIndex table;

	private final Supplier<RandomGenerator> random;

	PowerOfTwoChoices(Candidates candidates, WeightIndex table, Supplier<RandomGenerator> random) {
		this.candidates = candidates;
		this.table = table;
		this.random = random;
	}

	@Override
	public InstanceState instead(InstanceState picked, long point, int[] excluded) {
		int inFlight = picked.inFlight();
		if (inFlight < A_FEW) {
			return picked;
		}
		int index = this.table.indexAt(point);
		int drawn = this.table.drawOther(index, excluded, this.random.get());
		InstanceState other = this.table.at(drawn);
		boolean far = inFlight * this.table.weight(drawn) > TIMES * (GRACE + other.inFlight())
				* this.table.weight(index);
		return (far && drawn != index && this.candidates.admits(other)) ? other : picked;
	}

}
