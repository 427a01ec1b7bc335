package io.eas.loadbalancer.weighted;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.InstanceState;

/** Strategy that finds another instance if the picked one is overloaded. Thread-safe. */
@FunctionalInterface
interface OverloadStrategy {

	/** Factory of the strategy for a list. */
	@FunctionalInterface
	interface Factory {

		OverloadStrategy create(Candidates candidates, WeightIndex table, Supplier<RandomGenerator> random);

	}

	/**
	 * Returns the instance to take.
	 * @param picked the instance that was picked
	 * @param point a point of this instance on the line
	 * @param excluded the indexes of the instances that must not be taken, ascending
	 * @return the picked instance, or another one that is admitted
	 */
	InstanceState instead(InstanceState picked, long point, int[] excluded);

}
