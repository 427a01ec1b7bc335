package io.eas.benchmarks.picks;

/**
 * The fairness of picks while the list changes faster than a round of picks takes: after
 * every ten picks, an instance is added or removed.
 *
 * @param misplaced the fraction of all picks by which instances exceeded their shares
 * @param leastServed the smallest ratio of an instance's picks to its share
 */
record ChangingList(double misplaced, double leastServed) {

	private static final int PICKS_BETWEEN = 10;

	/**
	 * Measures the fairness over a number of changes of the list.
	 */
	static ChangingList of(Weights weights, Picks picks, int changes) {
		Weights more = weights.with(weights.of(0));
		double[] expected = new double[more.size()];
		int[] counts = new int[more.size()];
		for (int change = 0; change < changes; change++) {
			Weights current = (change % 2 == 0) ? more : weights;
			picks.use(current);
			double sum = current.sum();
			for (int i = 0; i < current.size(); i++) {
				expected[i] += PICKS_BETWEEN * current.of(i) / sum;
			}
			for (int i = 0; i < PICKS_BETWEEN; i++) {
				counts[picks.next()]++;
			}
		}
		return compare(counts, expected, changes * PICKS_BETWEEN);
	}

	private static ChangingList compare(int[] counts, double[] expected, int picks) {
		double beyond = 0;
		double least = Double.MAX_VALUE;
		for (int i = 0; i < counts.length; i++) {
			beyond += Math.max(0, counts[i] - expected[i]);
			least = Math.min(least, counts[i] / expected[i]);
		}
		return new ChangingList(beyond / picks, least);
	}

}
