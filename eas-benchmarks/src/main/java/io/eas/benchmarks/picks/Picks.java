package io.eas.benchmarks.picks;

/**
 * Somebody who picks instances by weight. Not thread-safe.
 */
interface Picks {

	/**
	 * Picks for the first attempt of a call.
	 * @return the index of an instance
	 */
	int next();

	/**
	 * Picks for the first attempts of one call, all of which fail.
	 * @param count how many attempts
	 * @return for each whether it went where an earlier one had been
	 */
	boolean[] attempts(int count);

	/**
	 * Takes another list, as when discovery has given one.
	 * @param weights the instances; one with the index it had before is the same instance
	 */
	void use(Weights weights);

}
