package io.eas.benchmarks.picks;

/**
 * Picks instances by weight. Not thread-safe.
 */
interface Picks {

	/**
	 * Picks for the first attempt of a call.
	 * @return the index of an instance
	 */
	int next();

	/**
	 * Picks for the first attempts of one call, all of which fail.
	 * @param count the number of attempts
	 * @return for each attempt, whether it went to the instance of an earlier attempt
	 */
	boolean[] attempts(int count);

	/**
	 * Uses another list, as after a poll of discovery.
	 * @param weights the weights of the instances; an instance is identified by its index
	 */
	void use(Weights weights);

}
