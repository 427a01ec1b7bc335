package io.eas.loadbalancer;

import java.util.random.RandomGenerator;

/**
 * Gives the random numbers of the thread that asks.
 */
@FunctionalInterface
interface RandomSource {

	/** A generator to be used at once. */
	RandomGenerator get();

}
