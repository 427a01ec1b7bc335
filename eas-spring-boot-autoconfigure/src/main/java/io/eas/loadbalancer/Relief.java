package io.eas.loadbalancer;

/**
 * Finds another instance where the one that was picked is crowded. Thread-safe.
 */
@FunctionalInterface
interface Relief {

	/** Makes the relief for a list. */
	@FunctionalInterface
	interface Factory {

		Relief create(Candidates candidates, WeightTable table, RandomSource random);

	}

	/**
	 * The instance to take.
	 * @param index the one that was picked
	 * @param excluded what must not be taken, ascending
	 * @return that one, or another which admits the call
	 */
	int instead(int index, int[] excluded);

}
