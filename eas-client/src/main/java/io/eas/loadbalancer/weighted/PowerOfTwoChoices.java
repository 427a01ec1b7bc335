package io.eas.loadbalancer.weighted;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.InstanceState;

/**
 * Power of two choices: replaces a picked instance that has far more than its share of
 * the attempts in flight. That is the case if it has at least {@value #A_FEW} attempts in
 * flight, and, relative to the weights, more than twice as many as another instance,
 * which is drawn at random by weight. As long as all instances respond equally fast, no
 * picked instance is replaced. The number of attempts in flight on a frozen or slow
 * instance is limited. The better of two choices is nearly as good as the best of all
 * instances (Mitzenmacher, "The power of two choices in randomized load balancing",
 * 2001), unless several instances are stalled at the same time. Therefore, if the drawn
 * instance is no better, some instances that follow it on the line are compared too.
 */
final class PowerOfTwoChoices implements OverloadStrategy {

	private static final int A_FEW = 5;

	private static final long TIMES = 2;

	private static final int GRACE = 2;

	/** The number of instances to compare: the drawn one, and those that follow it. */
	private static final int OTHERS = 4;

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
		int other = this.table.drawOther(index, excluded, this.random.get());
		int size = this.table.size();
		for (int n = Math.min(OTHERS, size - 1); n > 0; n--) {
			if (other != index && isFarLess(other, inFlight, index) && Arrays.binarySearch(excluded, other) < 0
					&& this.candidates.admits(this.table.at(other))) {
				return this.table.at(other);
			}
			other = (other + 1 < size) ? other + 1 : 0;
		}
		return picked;
	}

	private boolean isFarLess(int other, int inFlight, int index) {
		return inFlight * this.table.weight(other) > TIMES * (GRACE + this.table.at(other).inFlight())
				* this.table.weight(index);
	}

}
