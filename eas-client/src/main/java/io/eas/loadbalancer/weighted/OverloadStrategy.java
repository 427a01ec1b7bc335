package io.eas.loadbalancer.weighted;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.InstanceState;

/**
 * Finds another instance where the one that was picked is overloaded. Thread-safe.
 */
@FunctionalInterface
interface OverloadStrategy {

	/** Makes the strategy for a list. */
	@FunctionalInterface
	interface Factory {

		OverloadStrategy create(Candidates candidates, WeightIndex table, Supplier<RandomGenerator> random);

	}

	/**
	 * The instance to take.
	 * @param picked the one that was picked
	 * @param point where it lies on the line
	 * @param excluded what must not be taken, ascending
	 * @return that one, or another which admits the call
	 */
	InstanceState instead(InstanceState picked, long point, int[] excluded);

}
